import type { Run } from '../compute/contract.ts';
import { optimizerOf } from '../scene/compiled.ts';
import { applyChange, laneAfterEdits } from '../scene/edits.ts';
import { sceneFromFile, sceneToFile } from '../scene/file.ts';
import { encodeScene } from '../scene/link.ts';
import { surfaceOf } from '../scene/resolve.ts';
import type { CameraChoice, Change, PictureChoice, Scene } from '../scene/scene.ts';
import type { SceneStore } from '../scene/store.ts';
import { askForFile, saveFile } from './files.ts';
import { counted } from './format.ts';
import { themeOf } from './theme.ts';
import type { ViewPort } from './view-port.ts';

/** What a person can do, whichever control or key asks for it. */
export interface Actions {
  togglePlay(): void;
  step(): void;
  restart(): void;
  /** Selects a lane, where there is one of this number (0 first). */
  select(lane: number): void;
  setView(view: CameraChoice['view']): void;
  nextView(): void;
  /** Explore, or Compare, side by side or together. */
  setViews(views: PictureChoice['views']): void;
  nextViews(): void;
  resetCamera(): void;
  nextField(): void;
  toggleTheme(): void;
  undo(): void;
  redo(): void;
  /** Changes what the run does from its present step on. */
  change(change: Change, merge?: string): void;
  /** Starts particles in every lane, and says so; places beside the terrain are left out. */
  startParticles(points: readonly (readonly [number, number])[], told: string): void;
  /** Changes fields of the scene; more of the same `merge` is undone together. */
  edit(change: (scene: Scene) => Scene, merge?: string): void;
  share(): Promise<void>;
  /** Copies the selected lane, as it is at the run's present step, as Python for PyTorch. */
  copyPytorch(): Promise<void>;
  saveScene(): void;
  openScene(file?: File): Promise<void>;
  savePicture(): Promise<void>;
  /** What a file of this scene is called, without an extension. */
  fileStem(): string;
}

/** What the actions act on. */
export interface Acted {
  readonly store: SceneStore;
  run(): Run | null;
  view(): ViewPort | null;
  say(sentence: string): void;
  notice(sentence: string): void;
}

const VIEWS: readonly CameraChoice['view'][] = ['3d', 'map', 'profile'];

const VIEW_NAMES: Readonly<Record<CameraChoice['view'], string>> = {
  '3d': 'View in three dimensions.',
  map: 'Map from above.',
  profile: 'Profile along a cut.',
};

const VIEWS_NAMES: Readonly<Record<PictureChoice['views'], string>> = {
  one: 'Explore: all lanes on one terrain.',
  each: 'Compare: each lane in a view of its own.',
  together: 'Compare: all lanes together on one terrain.',
};

const FIELDS: readonly PictureChoice['field'][] = ['none', 'arrows', 'flow'];

const FIELD_NAMES: Readonly<Record<PictureChoice['field'], string>> = {
  none: 'No gradient field.',
  arrows: 'Arrows downhill.',
  flow: 'Lines of steepest descent.',
};

/** Makes the actions. */
export function createActions({ store, run, view, say, notice }: Acted): Actions {
  const fileStem = (): string => {
    const name = surfaceOf(store.scene).name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    return `thalweg-${name}`;
  };

  const edit: Actions['edit'] = (change, merge) => store.update(change, { merge });

  const change: Actions['change'] = (made, merge) => {
    const before = store.scene.edits.length;
    const step = run()?.step ?? 0;
    edit((scene) => applyChange(scene, step, made), merge);
    if (before === 0 && store.scene.edits.length > 0) {
      say(`Changed at step ${counted(step)}; the change belongs to the run and is played again with it.`);
    }
  };

  const setView: Actions['setView'] = (choice) => {
    edit((scene) => ({ ...scene, camera: { ...scene.camera, view: choice } }));
    say(VIEW_NAMES[choice]);
  };

  const setViews: Actions['setViews'] = (views) => {
    edit((scene) => ({ ...scene, picture: { ...scene.picture, views } }), 'views');
    say(VIEWS_NAMES[views]);
  };

  return {
    fileStem,
    edit,
    change,
    setView,
    setViews,
    nextViews: () => setViews(store.scene.picture.views === 'one' ? 'each' : 'one'),
    togglePlay() {
      const now = run();
      if (now?.playing) {
        now.pause();
      } else {
        now?.play();
      }
    },
    step: () => run()?.advance(1),
    restart: () => run()?.restart(),
    select: (lane) =>
      edit((scene) => (lane < scene.lanes.length && lane !== scene.selected ? { ...scene, selected: lane } : scene), 'selected'),
    nextView: () => setView(VIEWS[(VIEWS.indexOf(store.scene.camera.view) + 1) % VIEWS.length]),
    resetCamera: () => view()?.resetCamera(),
    nextField() {
      const field = FIELDS[(FIELDS.indexOf(store.scene.picture.field) + 1) % FIELDS.length];
      edit((scene) => ({ ...scene, picture: { ...scene.picture, field } }), 'field');
      say(FIELD_NAMES[field]);
    },
    toggleTheme() {
      const theme = themeOf(store.scene.picture.theme) === 'dark' ? 'light' : 'dark';
      edit((scene) => ({ ...scene, picture: { ...scene.picture, theme } }), 'theme');
      say(theme === 'dark' ? 'Dark theme.' : 'Light theme.');
    },
    undo() {
      say(store.canUndo ? 'Undone.' : 'Nothing to undo.');
      store.undo();
    },
    redo() {
      say(store.canRedo ? 'Done again.' : 'Nothing to redo.');
      store.redo();
    },
    startParticles(points, told) {
      const domain = run()?.landscape.domain;
      const inside = points.filter(
        ([x, y]) => domain && x >= domain[0] && x <= domain[1] && y >= domain[2] && y <= domain[3],
      );
      if (inside.length > 0) {
        change({ kind: 'particles', points: inside });
        say(told);
      }
    },
    async share() {
      const fragment = `#${encodeScene(store.scene)}`;
      window.history.replaceState(null, '', fragment);
      try {
        await navigator.clipboard.writeText(window.location.href);
        notice('The link to this scene is copied.');
      } catch {
        notice('The link to this scene is in the address bar; the browser does not let the page copy it.');
      }
    },
    async copyPytorch() {
      const { scene } = store;
      const lane = laneAfterEdits(scene, scene.selected, run()?.step ?? 0);
      const { pytorchOf } = await import('../scene/pytorch.ts');
      const text = pytorchOf(lane, scene.steps);
      const { id, name } = optimizerOf(lane);
      const changed = scene.edits.some((made) => made.change.kind !== 'particles' && made.change.lane === scene.selected);
      const left = changed ? ' It is as the lane is now; its changes in mid-run are not in it.' : '';
      try {
        await navigator.clipboard.writeText(text);
        notice(`${name} is copied as Python for PyTorch.${left}`);
      } catch {
        saveFile(new Blob([text], { type: 'text/x-python' }), `thalweg-${id}.py`);
        notice(`${name} is saved as a file for PyTorch, since the browser does not let the page copy it.${left}`);
      }
    },
    saveScene() {
      saveFile(new Blob([sceneToFile(store.scene)], { type: 'application/json' }), `${fileStem()}.json`);
      say('The scene is saved as a file.');
    },
    async openScene(file) {
      const chosen = file ?? (await askForFile('.json,application/json'));
      if (!chosen) {
        return;
      }
      const { scene, fault } = sceneFromFile(await chosen.text());
      if (fault) {
        notice(`${fault} The scene stays as it was.`);
        return;
      }
      store.replace(scene);
      notice(`${chosen.name} is opened.`);
    },
    async savePicture() {
      const picture = await view()?.image();
      if (picture) {
        saveFile(picture, `${fileStem()}-step-${run()?.step ?? 0}.png`);
        say('The picture is saved.');
      }
    },
  };
}
