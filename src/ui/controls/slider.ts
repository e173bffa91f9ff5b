import { Controller, type GUI } from 'lil-gui';
import { el, freshId } from '../dom.ts';
import { editable } from '../format.ts';
import { tex } from '../math.ts';
import { bound } from './bound.ts';
import { type NumberBox, numberBox } from './number-box.ts';
import { type Scale, scaleOf, type Spread } from './scale.ts';

/** What a slider shows and changes. */
export interface SliderFacts {
  readonly name: string;
  /** TeX beside the name. */
  readonly symbol?: string;
  readonly help: string;
  readonly spread: Spread;
  /** The slider's own range, and the wider one that may be typed. */
  readonly slider: readonly [number, number];
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
  /** Labels under the slider at the decades. */
  readonly ticks?: boolean;
  /** Whether it has a meaning now; it is hidden where not. */
  shown?(): boolean;
  get(): number;
  /** `drag`: more of the same is to come. */
  set(value: number, drag: boolean): void;
  /** What a double click goes back to. */
  standard(): number;
}

/** Positions of the slider's knob. */
const POSITIONS = 1000;

/** A number with a slider of any spread and a field to type into; a double click on the slider or the name resets. */
export class SliderController extends Controller {
  readonly #facts: SliderFacts;
  readonly #scale: Scale;
  readonly #range: HTMLInputElement;
  readonly #box: NumberBox;

  constructor(parent: GUI, facts: SliderFacts) {
    super(
      parent,
      bound(facts.get, (value) => facts.set(value, false)),
      'value',
      'slider',
    );
    this.#facts = facts;
    this.#scale = scaleOf(facts.spread, ...facts.slider);
    const { name, symbol, help } = facts;
    this.$name.replaceChildren(name, ...(symbol ? [' ', tex(symbol)] : []));
    this.domElement.title = help;
    const reset = () => facts.set(facts.standard(), false);
    this.$name.addEventListener('dblclick', reset);
    this.#range = el('input', {
      type: 'range',
      class: 'range',
      id: freshId('slider'),
      min: 0,
      max: POSITIONS,
      step: 1,
      'aria-label': name,
      on: {
        input: () => this.#drag(Number(this.#range.value) / POSITIONS),
        change: () => facts.set(facts.get(), false),
        dblclick: reset,
      },
    });
    this.#box = numberBox({ label: `${name}, value`, ...facts, take: (value) => facts.set(value, false) });
    this.$widget.append(this.#range, this.#box.element);
    if (facts.ticks && this.#scale.ticks.length > 1) {
      this.domElement.append(this.#tickRow());
    }
    this.updateDisplay();
  }

  override updateDisplay(): this {
    this.show(this.#facts.shown?.() ?? true);
    const value = this.#facts.get();
    const at = String(Math.round(this.#scale.position(value) * POSITIONS));
    if (this.#range.value !== at || this.#range.ariaValueText === null) {
      this.#range.value = at;
      this.#range.style.setProperty('--at', `${Number(at) / POSITIONS}`);
    }
    this.#range.setAttribute('aria-valuetext', editable(value));
    this.#box.show(value);
    return this;
  }

  #drag(position: number): void {
    const value = this.#scale.value(position);
    this.#facts.set(this.#facts.integer ? Math.round(value) : value, true);
    this.#range.style.setProperty('--at', String(position));
  }

  #tickRow(): HTMLElement {
    const label = (value: number): (Node | string)[] => {
      const power = Math.round(Math.log10(value));
      return power === 0 ? ['1'] : power === 1 ? ['10'] : ['10', el('sup', {}, String(power).replace('-', '−'))];
    };
    return el(
      'div',
      { class: 'slider-ticks', 'aria-hidden': 'true' },
      ...this.#scale.ticks.map((value) => {
        const tick = el('span', {}, ...label(value));
        tick.style.setProperty('--at', String(this.#scale.position(value)));
        return tick;
      }),
    );
  }
}
