import type { GUI } from 'lil-gui';
import { LIMITS } from '../../scene/limits.ts';
import { palettes } from '../../scene/palettes.ts';
import type { PictureChoice } from '../../scene/scene.ts';
import type { Context } from '../context.ts';
import { button } from '../controls/button.ts';
import { select, toggle } from '../controls/panel.ts';
import { SliderController } from '../controls/slider.ts';
import { el } from '../dom.ts';

const FIELDS: readonly { readonly id: PictureChoice['field']; readonly name: string }[] = [
  { id: 'none', name: 'none' },
  { id: 'arrows', name: 'arrows' },
  { id: 'flow', name: 'flow lines' },
];

/** Adds what decides how the scene is drawn. */
export function addPicture(parent: GUI, { store, actions }: Context): void {
  const editPicture = (change: Partial<PictureChoice>, drag = false): void => {
    actions.edit((scene) => ({ ...scene, picture: { ...scene.picture, ...change } }), `picture ${Object.keys(change)}`);
    if (!drag) {
      store.release();
    }
  };

  select(parent, {
    name: 'Palette',
    help: 'Colours of the terrain; all are safe for colour-blind eyes.',
    options: palettes,
    get: () => store.scene.picture.palette,
    set: (palette) => editPicture({ palette }),
  });
  new SliderController(parent, {
    name: 'Exaggeration',
    help: 'How high the terrain is drawn.',
    spread: 'linear',
    slider: [0, 3],
    min: 0,
    max: 10,
    get: () => store.scene.picture.exaggeration,
    set: (exaggeration, drag) => editPicture({ exaggeration }, drag),
    standard: () => 1,
  });
  new SliderController(parent, {
    name: 'Trails',
    help: 'Samples of the past that a trail shows.',
    spread: 'linear',
    slider: [0, LIMITS.trail],
    min: 0,
    max: LIMITS.trail,
    integer: true,
    get: () => store.scene.picture.trail,
    set: (trail, drag) => editPicture({ trail }, drag),
    standard: () => 30,
  });
  toggle(parent, {
    name: 'Contour lines',
    help: 'Lines of equal loss.',
    get: () => store.scene.picture.contours,
    set: (contours) => editPicture({ contours }),
  });
  toggle(parent, {
    name: 'Markers',
    help: 'Known minima, maxima and saddles.',
    get: () => store.scene.picture.markers,
    set: (markers) => editPicture({ markers }),
  });
  select(parent, {
    name: 'Gradient field',
    help: 'Which way −∇f leads: arrows on a grid, longer where it is steeper, or lines of steepest descent (F).',
    options: FIELDS,
    get: () => store.scene.picture.field,
    set: (field) => editPicture({ field: field as PictureChoice['field'] }),
  });
  toggle(parent, {
    name: 'Plateaus',
    help: 'Hatches the ground where the gradient is under 1 % of the typical one.',
    get: () => store.scene.picture.plateaus,
    set: (plateaus) => editPicture({ plateaus }),
  });
  toggle(parent, {
    name: 'Slow turn',
    help: 'The picture turns by itself.',
    get: () => store.scene.camera.turning,
    set: (turning) => actions.edit((scene) => ({ ...scene, camera: { ...scene.camera, turning } })),
  });
  parent.$children.append(
    el(
      'div',
      { class: 'row' },
      el('span', {}, 'Camera'),
      button('Reset', actions.resetCamera, { class: 'button button-small', title: 'Back to the first view (C)' }),
    ),
  );
}
