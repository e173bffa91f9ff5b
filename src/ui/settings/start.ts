import type { GUI } from 'lil-gui';
import { LIMITS } from '../../scene/limits.ts';
import { surfaceOf } from '../../scene/resolve.ts';
import type { Scene, StartChoice } from '../../scene/scene.ts';
import type { Context } from '../context.ts';
import { button, iconButton } from '../controls/button.ts';
import { FieldController } from '../controls/field.ts';
import { select } from '../controls/panel.ts';
import { SliderController } from '../controls/slider.ts';
import { el, setText } from '../dom.ts';
import { several } from '../format.ts';

/** Particles of a lane that nobody chose. */
const SWARM = 4096;

const SPAWNS: readonly { readonly id: StartChoice['spawn']; readonly name: string }[] = [
  { id: 'uniform', name: 'anywhere' },
  { id: 'gaussian', name: 'around the middle' },
  { id: 'grid', name: 'on a grid' },
  { id: 'points', name: 'at given places' },
];

/** Another way to start; given places begin with those that suit the surface. */
function withSpawn(scene: Scene, spawn: StartChoice['spawn'], count: number): Scene {
  if (spawn === 'points') {
    const points = surfaceOf(scene).starts;
    return { ...scene, start: { spawn, points, count: points.length } };
  }
  return { ...scene, start: { spawn, points: [], count } };
}

/** Adds how particles start and for how long they run. Returns what shows a scene beyond the controls themselves. */
export function addStart(parent: GUI, { store, actions }: Context): (scene: Scene) => void {
  // Going to given places and back brings the swarm back that there was.
  let swarm = SWARM;

  const editStart = (change: Partial<StartChoice>, merge: string, drag = false): void => {
    actions.edit((scene) => ({ ...scene, start: { ...scene.start, ...change } }), merge);
    if (!drag) {
      store.release();
    }
  };

  select(parent, {
    name: 'Places',
    help: 'Where particles start; all lanes share the places, so that a race is fair.',
    options: SPAWNS,
    get: () => store.scene.start.spawn,
    set: (spawn) => actions.edit((scene) => withSpawn(scene, spawn as StartChoice['spawn'], swarm)),
  });
  new SliderController(parent, {
    name: 'Particles a lane',
    help: 'How many particles each lane starts with.',
    spread: 'log',
    slider: [1, LIMITS.particles],
    min: 1,
    max: LIMITS.particles,
    integer: true,
    shown: () => store.scene.start.spawn !== 'points',
    get: () => store.scene.start.count,
    set: (value, drag) => editStart({ count: value }, 'count', drag),
    standard: () => SWARM,
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
    iconButton('die', 'Another seed', () =>
      actions.edit((scene) => ({ ...scene, seed: (scene.seed + 1) % (LIMITS.seed + 1) })),
    ),
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

  const text = el('span');
  const forget = el(
    'div',
    { class: 'row edits-row' },
    text,
    button('Forget', () => actions.edit((scene) => ({ ...scene, edits: [] })), {
      class: 'button button-small',
      title: 'The run then goes as it was set at the start',
    }),
  );
  parent.$children.append(forget);

  return ({ start, edits }) => {
    if (start.spawn !== 'points') {
      swarm = start.count;
    }
    forget.hidden = edits.length === 0;
    setText(text, `${several(edits.length, 'change', 'changes')} in mid-run`);
  };
}
