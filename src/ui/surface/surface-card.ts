import type { GUI } from 'lil-gui';
import { formulaOf } from '../../scene/compiled.ts';
import { LIMITS } from '../../scene/limits.ts';
import { heightOf, type ResolvedSurface, surfaceOf } from '../../scene/resolve.ts';
import type { PictureChoice, Scene } from '../../scene/scene.ts';
import { button, segments } from '../controls/button.ts';
import { panel, refresh } from '../controls/panel.ts';
import { SliderController } from '../controls/slider.ts';
import type { Context, Part } from '../context.ts';
import { el, setText } from '../dom.ts';
import { capital, several } from '../format.ts';
import { icon } from '../icons.ts';
import { breakable, mathOf } from '../math.ts';
import { createDomainField } from './domain-field.ts';
import { createFormulaField } from './formula-field.ts';
import { createStationaryList } from './stationary-list.ts';

/** A parameter of a typed formula has no range of its own: this one, or as far as its value. */
const TYPED_RANGE = 5;

/** What is known of a surface, as pairs for the card. */
function factsOf({ entry, minima }: ResolvedSurface): [string, string][] {
  const facts: [string, string][] = [];
  if (entry) {
    facts.push(['group', entry.group]);
  }
  if (entry?.minimaSet && minima.length > 0) {
    facts.push(['minima', entry.minimaSet]);
  } else if (minima.length > 0) {
    facts.push(['known minima', String(minima.length)]);
  }
  if (entry?.unboundedBelow) {
    facts.push(['lower bound', 'none']);
  }
  return facts;
}

/** Formulas that are too wide become smaller, by such steps, down to this share; what is wider still scrolls. */
const FIT_STEP = 0.92;
const LEAST_FIT = 0.6;

/** Fits a formula to its width, which is known when it is laid out and changes with the page's and with the fonts that come. */
function fit(formula: HTMLElement): void {
  formula.style.removeProperty('--fit');
  for (let share = FIT_STEP; share >= LEAST_FIT && formula.scrollWidth > formula.clientWidth; share *= FIT_STEP) {
    formula.style.setProperty('--fit', String(share));
  }
}

/** What is descended: its name, formula, parameters and facts, and how its height is drawn. */
export function createSurfaceCard(context: Context, showGallery: () => void): Part {
  const { store, actions } = context;
  const name = el('h2', { class: 'card-title' });
  const teaches = el('p', { class: 'surface-teaches' });
  const formula = el('div', { class: 'surface-formula', role: 'math' });
  new ResizeObserver(() => fit(formula)).observe(formula);
  document.fonts.ready.then(() => fit(formula));
  const sliders = el('div', { class: 'surface-parameters' });
  const facts = el('dl', { class: 'facts-list' });
  const field = createFormulaField(context);
  const domain = createDomainField(context);
  const points = createStationaryList(context);
  const kinks = el('p', { class: 'note surface-note' });
  const source = el('p', { class: 'note surface-note' });
  const height = segments(
    'Height',
    [
      { value: 'linear', text: 'linear', title: 'Height is the loss' },
      { value: 'log', text: 'log', title: 'Height is the logarithm of the loss' },
      { value: 'rank', text: 'rank', title: 'Height is the share of the terrain that lies lower' },
    ],
    (value) =>
      actions.edit((scene) => ({ ...scene, picture: { ...scene.picture, height: value as PictureChoice['height'] } })),
  );
  const gallery = button('Gallery', showGallery, { class: 'button' }, icon('grid'));
  gallery.title = 'Choose another surface (G)';
  const element = el(
    'section',
    { class: 'card surface-card', 'aria-label': 'Surface' },
    el('div', { class: 'card-head' }, el('span', { class: 'overline' }, 'Surface'), gallery),
    name,
    formula,
    sliders,
    teaches,
    facts,
    el(
      'details',
      { class: 'fold surface-own' },
      el('summary', {}, icon('chevron'), el('span', {}, 'Formula and region')),
      field.element,
      domain.element,
      kinks,
      source,
    ),
    points.element,
    el('div', { class: 'row row-height' }, el('span', {}, 'Height'), height.element),
  );

  let gui: GUI | null = null;
  let shownSurface = '';
  let shownText = '';

  const setParameter = (key: string, value: number, drag: boolean): void => {
    store.update(
      (scene) => ({ ...scene, surface: { ...scene.surface, params: withValue(scene, key, value) } }),
      { merge: `parameter ${key}` },
    );
    if (!drag) {
      store.release();
    }
  };

  const buildSliders = (scene: Scene): void => {
    gui?.destroy();
    sliders.replaceChildren();
    gui = panel(sliders);
    const { entry, parameters, values } = surfaceOf(scene);
    parameters.forEach((key, i) => {
      const spec = entry?.parameters[i];
      const reach = Math.max(TYPED_RANGE, 2 * Math.abs(values[i]));
      const range: [number, number] = spec ? [spec.min, spec.max] : [-reach, reach];
      new SliderController(gui!, {
        name: key,
        help: spec ? capital(spec.help) : `Parameter ${key} of your formula`,
        spread: spec?.scale ?? 'linear',
        slider: range,
        min: spec?.min ?? -LIMITS.size,
        max: spec?.max ?? LIMITS.size,
        get: () => parameterValue(store.scene, key),
        set: (value, drag) => setParameter(key, value, drag),
        standard: () => spec?.default ?? 1,
      });
    });
    sliders.hidden = parameters.length === 0;
  };

  return {
    element,
    scene(scene) {
      const surface = surfaceOf(scene);
      const text = JSON.stringify([surface.formula, surface.parameters]);
      setText(name, surface.name);
      setText(teaches, surface.entry?.teaches ?? '');
      teaches.hidden = surface.entry === null;
      setText(kinks, surface.entry?.nonSmooth ?? '');
      kinks.hidden = !kinks.textContent;
      setText(source, surface.entry ? `Source: ${surface.entry.source}.` : '');
      source.hidden = !source.textContent;
      height.set(heightOf(scene));
      field.scene?.(scene);
      domain.scene?.(scene);
      if (text !== shownText) {
        shownText = text;
        formula.replaceChildren(el('span', { class: 'formula-head' }, mathOf(HEAD)), ...breakable(mathOf(formulaOf(scene.surface).mathml)));
        fit(formula);
        formula.setAttribute('aria-label', `f of x and y = ${surface.formula}`);
        buildSliders(scene);
      } else if (gui) {
        refresh(gui);
      }
      const key = JSON.stringify(factsOf(surface));
      if (key !== shownSurface) {
        shownSurface = key;
        facts.replaceChildren(...factsOf(surface).flatMap(([term, value]) => [el('dt', {}, term), el('dd', {}, value)]));
        facts.hidden = facts.childElementCount === 0;
      }
    },
    beat: points.beat,
  };
}

const HEAD = '<math><mi>f</mi><mo stretchy="false">(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo stretchy="false">)</mo><mo>=</mo></math>';

function parameterValue(scene: Scene, key: string): number {
  const { parameters, values } = surfaceOf(scene);
  return values[parameters.indexOf(key)] ?? 0;
}

/** The scene's parameters with one changed; a built-in surface's default is left out. */
function withValue(scene: Scene, key: string, value: number): Record<string, number> {
  const { entry } = surfaceOf(scene);
  const { [key]: _before, ...others } = scene.surface.params;
  const standard = entry?.parameters.find((spec) => spec.key === key)?.default;
  return standard === value ? others : { ...others, [key]: value };
}

/** A surface's facts in a few words, for a small screen. */
export function surfaceSummary(scene: Scene): string {
  const { minima } = surfaceOf(scene);
  const scale = `${heightOf(scene)} height`;
  return minima.length > 0 ? `${scale}, ${several(minima.length, 'minimum', 'minima')}` : scale;
}
