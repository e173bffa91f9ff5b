import { Controller, type GUI } from 'lil-gui';
import { type NumberBox, type NumberBoxFacts, numberBox } from './number-box.ts';
import { bound } from './bound.ts';

/** What a field without a slider shows and changes. */
export interface FieldFacts extends Omit<NumberBoxFacts, 'label'> {
  readonly name: string;
  readonly help: string;
  /** Whether it has a meaning now; it is hidden where not. */
  shown?(): boolean;
  get(): number;
}

/** A number to be typed, without a slider. */
export class FieldController extends Controller {
  readonly #facts: FieldFacts;
  readonly #box: NumberBox;

  constructor(parent: GUI, facts: FieldFacts, ...beside: readonly HTMLElement[]) {
    super(parent, bound(facts.get, facts.take), 'value', 'field');
    this.#facts = facts;
    this.name(facts.name);
    this.domElement.title = facts.help;
    this.#box = numberBox({ label: facts.name, ...facts });
    this.$widget.append(...beside, this.#box.element);
    this.updateDisplay();
  }

  override updateDisplay(): this {
    this.show(this.#facts.shown?.() ?? true);
    this.#box.show(this.#facts.get());
    return this;
  }
}
