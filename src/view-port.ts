import type { Legend, View } from './view/view.ts';
import type { LegendFacts, ViewPort } from './ui/view-port.ts';
import { DEFAULT_SCENE } from './scene/defaults.ts';

const TITLES = { linear: 'Loss', log: 'Loss, log height', rank: 'Loss, by rank' } as const;

function factsOf({ height, contours, ticks, colours, signs }: Legend): LegendFacts {
  return {
    title: TITLES[height],
    note: contours,
    colours,
    signs,
    ticks: ticks.map(({ position, text }) => ({ at: position, text })),
  };
}

/** The picture as the panels see it. */
export function viewPortOf(view: View): ViewPort {
  let legend: Legend | null = null;
  let facts: LegendFacts | null = null;
  return {
    setInsets: (insets) => view.setInsets(insets),
    setCells: (cells) => view.setCells(cells),
    pick: (x, y) => view.pick(x, y),
    get camera() {
      return view.camera;
    },
    look(camera) {
      view.camera = camera;
    },
    resetCamera() {
      view.camera = { ...DEFAULT_SCENE.camera, view: view.camera.view };
    },
    image: () => view.image(),
    get legend() {
      if (view.legend !== legend) {
        legend = view.legend;
        facts = legend && factsOf(legend);
      }
      return facts;
    },
  };
}
