import type { GUI } from 'lil-gui';
import { LIMITS } from '../scene/limits.ts';
import { palettes } from '../scene/palettes.ts';
import { surfaceOf } from '../scene/resolve.ts';
import type { PictureChoice, Scene, StartChoice } from '../scene/scene.ts';
import { button, iconButton } from './controls/button.ts';
import { FieldController } from './controls/field.ts';
import { fold, panel, refresh, select, toggle } from './controls/panel.ts';
import { SliderController } from './controls/slider.ts';
import type { Context, Part } from './context.ts';
import { el, setText } from './dom.ts';
import { counted, several } from './format.ts';

const SPAWNS: readonly { readonly id: StartChoice['spawn']; readonly name: string }[] = [
  { id: 'uniform', name: 'anywhere' },
  { id: 'gaussian', name: 'around the middle' },
  { id: 'grid', name: 'on a grid' },
  { id: 'points', name: 'at given places' },
];

const FIELDS: readonly { readonly id: PictureChoice['field']; readonly name: string }[] = [
  { id: 'none', name: 'none' },
  { id: 'arrows', name: 'arrows' },
  { id: 'flow', name: 'flow lines' },
];

/** Another way to start; given places begin with those that suit the surface. */
export function withSpawn(scene: Scene, spawn: StartChoice['spawn'], count: number): Scene {
  if (spawn === 'points') {
    const points = surfaceOf(scene).starts;
    return { ...scene, start: { spawn, points, count: points.length } };
  }
  return { ...scene, start: { spawn, points: [], count } };
}

/** How particles start, for how long they run, and how it all is drawn. */
export function createSettings({ store, actions }: Context): Part {
  const container = el('div', { class: 'settings-part' });
  const gui = panel(container);
  const start = fold(gui, 'Start');
  const picture = fold(gui, 'Picture');
  // Going to given places and back brings the swarm back that there was.
  let swarm = store.scene.start.count;

  const editStart = (change: Partial<StartChoice>, merge: string, drag = false): void => {
    actions.edit((scene) => ({ ...scene, start: { ...scene.start, ...change } }), merge);
    if (!drag) {
      store.release();
    }
  };

  const editPicture = (change: Partial<PictureChoice>, drag = false): void => {
    actions.edit((scene) => ({ ...scene, picture: { ...scene.picture, ...change } }), `picture ${Object.keys(change)}`);
    if (!drag) {
      store.release();
    }
  };

  const count = addStart(start.gui);
  addPicture(picture.gui);

  function addStart(parent: GUI): SliderController {
    select(parent, {
      name: 'Places',
      help: 'Where particles start; all lanes share the places, so that a race is fair.',
      options: SPAWNS,
      get: () => store.scene.start.spawn,
      set: (spawn) => actions.edit((scene) => withSpawn(scene, spawn as StartChoice['spawn'], swarm)),
    });
    const particles = new SliderController(parent, {
      name: 'Particles a lane',
      help: 'How many particles each lane starts with.',
      spread: 'log',
      slider: [1, LIMITS.particles],
      min: 1,
      max: LIMITS.particles,
      integer: true,
      get: () => store.scene.start.count,
      set: (value, drag) => editStart({ count: value }, 'count', drag),
      standard: () => 4096,
    });
    new FieldController(
      parent,
      {
        name: 'Seed',
        help: 'Another seed, other places; the same seed, the same run.',
        min: 0,
        max: LIMITS.seed,
        integer: true,
        get: () => store.scene.seed,
        take: (seed) => actions.edit((scene) => ({ ...scene, seed })),
      },
      iconButton('die', 'Another seed', () => actions.edit((scene) => ({ ...scene, seed: (scene.seed + 1) % (LIMITS.seed + 1) }))),
    );
    new FieldController(parent, {
      name: 'Updates',
      help: 'The run rests after so many updates.',
      min: 1,
      max: LIMITS.steps,
      integer: true,
      get: () => store.scene.steps,
      take: (steps) => actions.edit((scene) => ({ ...scene, steps })),
    });
    return particles;
  }

  const editsText = el('span');
  const forget = el(
    'div',
    { class: 'row edits-row' },
    editsText,
    button('Forget', () => actions.edit((scene) => ({ ...scene, edits: [] })), {
      class: 'button button-small',
      title: 'The run then goes as it was set at the start',
    }),
  );
  start.gui.$children.append(forget);

  function addPicture(parent: GUI): void {
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
      el('div', { class: 'row' }, el('span', {}, 'Camera'), button('Reset', actions.resetCamera, { class: 'button button-small', title: 'Back to the first view (C)' })),
    );
  }

  const summarize = ({ start: { spawn, points }, seed, picture: { palette, trail }, edits }: Scene): void => {
    start.summary(spawn === 'points' ? several(points.length, 'place', 'places') : `${spawn}, seed ${counted(seed)}`);
    picture.summary(`${palette}, trails ${trail}`);
    forget.hidden = edits.length === 0;
    setText(editsText, `${several(edits.length, 'change', 'changes')} in mid-run`);
  };

  return {
    element: container,
    scene(scene) {
      const given = scene.start.spawn === 'points';
      if (!given) {
        swarm = scene.start.count;
      }
      count.show(!given);
      refresh(gui);
      summarize(scene);
    },
  };
}

