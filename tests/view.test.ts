import { describe, expect, test } from 'vitest';
import { Vector3, WebGPUCoordinateSystem } from 'three/webgpu';
import type { TerrainSamples } from '../src/compute/contract.ts';
import { DEFAULT_SCENE } from '../src/scene/defaults.ts';
import { palettes } from '../src/scene/palettes.ts';
import { axisLabels } from '../src/view/axes.ts';
import { Camera } from '../src/view/camera.ts';
import { hatchPitch, laySteepness } from '../src/view/hatch.ts';
import { heightFieldOf } from '../src/view/height-field.ts';
import { markerLabels } from '../src/view/marker-labels.ts';
import { type Marker, markersOf } from '../src/view/markers.ts';
import { toOklab } from '../src/view/oklab.ts';
import { castRay } from '../src/view/pick.ts';
import { projectionOf, rayThrough, type Sheet, type Stage, toPage } from '../src/view/projection.ts';
import { LEVELS, Pace } from '../src/view/quality.ts';
import { rampOf } from '../src/view/ramps.ts';
import { reliefOf } from '../src/view/relief.ts';
import { strokesOf } from '../src/view/stroke-shapes.ts';
import { niceStep, niceTicks, tickText } from '../src/view/ticks.ts';

const SHEET: Sheet = { width: 1280, height: 720, insets: { top: 56, right: 300, bottom: 64, left: 290 } };
const STAGE: Stage = { extent: [0.5, 0.4], relief: 0.28, foot: -0.045 };
const { camera: CAMERA } = DEFAULT_SCENE;

/** Samples of a function over a domain. */
const samplesOf = (f: (x: number, y: number) => number, domain = [-2, 2, -1.6, 1.6] as const, size = 65): TerrainSamples => {
  const [xmin, xmax, ymin, ymax] = domain;
  const h = 1e-5;
  const values = new Float32Array(4 * size * size);
  for (let j = 0, k = 0; j < size; j += 1) {
    for (let i = 0; i < size; i += 1, k += 4) {
      const [x, y] = [xmin + ((xmax - xmin) * i) / (size - 1), ymin + ((ymax - ymin) * j) / (size - 1)];
      values.set([f(x, y), (f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)], k);
    }
  }
  return { size, domain, values };
};

const BOWL = samplesOf((x, y) => x * x + y * y);

describe('ramps', () => {
  test.each(palettes.flatMap(({ id }) => (['dark', 'light'] as const).map((theme) => [id, theme] as const)))(
    '%s, %s: lightness only rises, and evenly',
    (id, theme) => {
      const ramp = rampOf(id, theme);
      const lightness = Array.from({ length: 33 }, (_, k) => toOklab(ramp(k / 32))[0]);
      const steps = lightness.slice(1).map((value, k) => value - lightness[k]);
      expect(Math.min(...steps)).toBeGreaterThan(0);
      // Uniform to the eye: no step is more than three times the mean.
      const mean = (lightness[32] - lightness[0]) / 32;
      expect(Math.max(...steps)).toBeLessThan(3 * mean);
    },
  );
});

describe('relief', () => {
  test.each(['linear', 'log', 'rank'] as const)('%s: heights run from 0 to 1, rise with the loss and can be undone', (mode) => {
    const relief = reliefOf(BOWL, mode);
    expect(relief.height(relief.low)).toBeCloseTo(0, 6);
    expect(relief.height(relief.high)).toBeCloseTo(1, 6);
    let before = -1;
    for (const share of [0.01, 0.1, 0.3, 0.5, 0.8, 0.99]) {
      const loss = relief.low + share * (relief.high - relief.low);
      expect(relief.height(loss)).toBeGreaterThan(before);
      before = relief.height(loss);
      // By rank it is a table of quantiles: to a thousandth of the range.
      expect(Math.abs(relief.loss(before) - loss)).toBeLessThan(1e-3 * (relief.high - relief.low));
    }
  });

  test('losses that are no numbers have a height all the same', () => {
    const samples = samplesOf((x, y) => Math.log(x) + y);
    const relief = reliefOf(samples, 'linear');
    expect(Number.isFinite(relief.low) && Number.isFinite(relief.high)).toBe(true);
    expect(heightFieldOf(samples, relief).texels.every(Number.isFinite)).toBe(true);
  });

  test('between samples the field follows a smooth surface', () => {
    const relief = reliefOf(BOWL, 'linear');
    const field = heightFieldOf(BOWL, relief);
    const spot = { height: 0, du: 0, dv: 0 };
    for (const [u, v] of [[0.137, 0.71], [0.5, 0.333], [0.91, 0.02]]) {
      const [x, y] = [-2 + 4 * u, -1.6 + 3.2 * v];
      const span = relief.high - relief.low;
      field.at(u, v, spot);
      // Hermite interpolation is exact for a parabola; what is left is float32.
      expect(spot.height).toBeCloseTo((x * x + y * y - relief.low) / span, 5);
      expect(spot.du).toBeCloseTo((2 * x * 4) / span, 3);
      expect(spot.dv).toBeCloseTo((2 * y * 3.2) / span, 3);
    }
  });
});

describe('projection', () => {
  const views = ['3d', 'map', 'profile'] as const;

  test.each(views)('%s: the whole stage lies where no panel is', (view) => {
    for (const azimuth of [0, 77, 190, 300]) {
      const projection = projectionOf({ ...CAMERA, view, azimuth }, STAGE, SHEET, WebGPUCoordinateSystem);
      for (const x of [-0.5, 0.5]) {
        for (const z of [-0.4, 0.4]) {
          const [px, py] = toPage(projection, SHEET, new Vector3(x, STAGE.foot, z));
          const slack = view === '3d' ? 8 : 0;
          expect(px).toBeGreaterThan(SHEET.insets.left - slack);
          expect(px).toBeLessThan(SHEET.width - SHEET.insets.right + slack);
          expect(py).toBeGreaterThan(SHEET.insets.top - slack);
          expect(py).toBeLessThan(SHEET.height - SHEET.insets.bottom + slack + (view === 'profile' ? 60 : 0));
        }
      }
    }
  });

  test.each(views)('%s: the ray through a point’s place on the page meets the point', (view) => {
    const projection = projectionOf({ ...CAMERA, view }, STAGE, SHEET, WebGPUCoordinateSystem);
    const point = new Vector3(0.21, 0.11, -0.17);
    const { from, along } = rayThrough(projection, SHEET, ...toPage(projection, SHEET, point));
    const apart = point.clone().sub(from).cross(along).length();
    expect(apart).toBeLessThan(1e-4);
  });

  test('a click meets the surface where it is seen', () => {
    const field = heightFieldOf(BOWL, reliefOf(BOWL, 'linear'));
    const spot = { height: 0, du: 0, dv: 0 };
    const projection = projectionOf(CAMERA, STAGE, SHEET, WebGPUCoordinateSystem);
    for (const [u, v] of [[0.5, 0.5], [0.3, 0.62], [0.8, 0.4]]) {
      const { height } = field.at(u, v, spot);
      const place = new Vector3((2 * u - 1) * 0.5, height * STAGE.relief, (1 - 2 * v) * 0.4);
      const { from, along } = rayThrough(projection, SHEET, ...toPage(projection, SHEET, place));
      const hit = castRay(field, STAGE, from, along);
      expect(hit?.u).toBeCloseTo(u, 3);
      expect(hit?.v).toBeCloseTo(v, 3);
    }
    const { from, along } = rayThrough(projection, SHEET, 2, 2);
    expect(castRay(field, STAGE, from, along)).toBeNull();
  });
});

describe('a camera', () => {
  const thrown = (calm: boolean): Camera => {
    const camera = new Camera(CAMERA, () => calm);
    camera.hold();
    camera.release(200, 0);
    return camera;
  };

  test('coasts to rest after a hand let go, and flies to where it is sent', () => {
    const camera = thrown(false);
    expect(camera.moving).toBe(true);
    for (let frame = 0; frame < 300; frame += 1) camera.update(1 / 60);
    expect(camera.moving).toBe(false);
    expect(camera.choice.azimuth).not.toBe(CAMERA.azimuth);
    camera.choice = { ...CAMERA, azimuth: CAMERA.azimuth + 40 };
    expect(camera.moving).toBe(true);
  });

  test('does neither for whoever wants less motion', () => {
    const camera = thrown(true);
    expect(camera.moving).toBe(false);
    expect(camera.choice).toEqual(CAMERA);
    camera.choice = { ...CAMERA, azimuth: CAMERA.azimuth + 40 };
    expect(camera.moving).toBe(false);
    expect(camera.choice.azimuth).toBe(CAMERA.azimuth + 40);
  });
});

describe('axes', () => {
  const field = heightFieldOf(BOWL, reliefOf(BOWL, 'linear'));
  const labels = (view: '3d' | 'map' | 'profile', azimuth = CAMERA.azimuth, sheet = SHEET) => {
    const camera = { ...CAMERA, view, azimuth };
    const projection = projectionOf(camera, STAGE, sheet, WebGPUCoordinateSystem);
    return axisLabels({ projection, sheet, stage: STAGE, domain: field.domain, relief: reliefOf(BOWL, 'linear'), camera });
  };

  test('have their names and round numbers', () => {
    expect(labels('map').filter(({ name }) => name).map(({ text }) => text)).toEqual(['x', 'y']);
    expect(labels('profile').filter(({ name }) => name).map(({ text }) => text)).toEqual(['x', 'loss']);
    const numbers = labels('map').filter(({ name }) => !name).map(({ text }) => text);
    expect(numbers).toEqual(['−2', '−1', '0', '1', '2', '−1', '0', '1']);
  });

  test('stand in front, whichever way one looks', () => {
    for (let azimuth = 5; azimuth < 360; azimuth += 30) {
      const names = labels('3d', azimuth).filter(({ name }) => name);
      expect(names.length).toBeGreaterThanOrEqual(1);
      // Below the middle of the stage on the page.
      for (const { y } of names) expect(y).toBeGreaterThan(SHEET.height / 2 - 40);
    }
  });

  test('leave numbers out where there is no room', () => {
    const small: Sheet = { width: 200, height: 160, insets: { top: 0, right: 0, bottom: 0, left: 0 } };
    expect(labels('map', 240, small).length).toBeLessThan(labels('map').length);
  });
});

describe('markers', () => {
  const saddle = { x: 0, y: 0, value: 0, type: 'saddle', eigenvalues: [-2, 2], low: [0, 1] } as const;
  // A wall between the eye and the middle.
  const wall = samplesOf((x, y) => (Math.abs(y + 0.8) < 0.2 ? 4 : 0) + 0 * x);
  const place = (samples: TerrainSamples, azimuth: number) => {
    const field = heightFieldOf(samples, reliefOf(samples, 'linear'));
    const camera = { ...CAMERA, azimuth, elevation: 12 };
    const projection = projectionOf(camera, STAGE, SHEET, WebGPUCoordinateSystem);
    return markersOf([saddle], { projection, sheet: SHEET, stage: STAGE, domain: field.domain, field, occludes: true });
  };

  test('a ridge hides what is behind it', () => {
    expect(place(wall, 270)).toHaveLength(0);
    expect(place(wall, 90)).toHaveLength(1);
  });

  test('a side of the plinth hides what lies in a valley behind it', () => {
    const rim = samplesOf((x, y) => (y < -1.5 ? 4 : 0) + 0 * x);
    expect(place(rim, 270)).toHaveLength(0);
    expect(place(rim, 90)).toHaveLength(1);
  });

  test('a saddle’s arms run through it along its eigenvectors', () => {
    const [marker] = place(samplesOf((x, y) => x * x - y * y), 240);
    const middle = marker.down[(marker.down.length - 1) / 2];
    expect(middle[0]).toBeCloseTo(marker.x, 3);
    expect(middle[1]).toBeCloseTo(marker.y, 3);
    expect(marker.up).toHaveLength(marker.down.length);
  });
});

describe('labels of markers', () => {
  const at = (x: number, y: number, type: 'minimum' | 'saddle' = 'minimum'): Marker => ({
    point: { x: 3.58443, y: -1.84813, value: 0.25, type, eigenvalues: [1, 2], low: [1, 0] },
    x,
    y,
    up: [],
    down: [],
  });

  test('tell a minimum by its place and a saddle by its height', () => {
    const labels = markerLabels([at(100, 100), at(400, 100, 'saddle')], 1200);
    expect(labels.map(({ lines }) => lines)).toEqual([
      ['minimum', '(3.58, −1.85)'],
      ['saddle', '0.25'],
    ]);
  });

  test('keep apart from each other and from markers, and are left out where there is no room', () => {
    expect(markerLabels([at(100, 100), at(104, 108), at(160, 118), at(600, 100)], 1200)).toHaveLength(2);
    expect(markerLabels([at(100, 100)], 600)).toEqual([]);
  });
});

describe('the gradient field', () => {
  const field = heightFieldOf(BOWL, reliefOf(BOWL, 'linear'));
  const drawings = {
    arrows: { kind: 'arrows', arrows: [{ x: 1, y: 0.5, dx: -0.2, dy: -0.1 }] },
    flow: { kind: 'flow', lines: [Float64Array.of(1.8, 1.4, 1, 0.8, 0.5, 0.4, 0.1, 0.08)] },
  } as const;

  test.each(['arrows', 'flow'] as const)('%s lie on the ground, in pairs of vertices that look downhill', (kind) => {
    const { places, ahead, pens, index } = strokesOf(drawings[kind], field);
    const count = places.length / 3;
    expect(pens).toHaveLength(3 * count);
    expect(Math.max(...index)).toBe(count - 1);
    for (let k = 0; k < count; k += 1) {
      const [u, v, height] = places.subarray(3 * k, 3 * k + 3);
      expect(height).toBeCloseTo(field.at(u, v, { height: 0, du: 0, dv: 0 }).height, 5);
      expect(pens[3 * k]).toBe(k % 2 === 0 ? -1 : 1);
      expect(ahead[3 * k + 2]).toBeLessThan(0);
    }
  });

  test('an arrow ends in a head at its tip, a flow line carries at least one', () => {
    const tip = strokesOf(drawings.arrows, field).places.slice(-3);
    expect(tip[0]).toBeCloseTo((0.9 + 2) / 4, 6);
    expect(tip[1]).toBeCloseTo((0.45 + 1.6) / 3.2, 6);
    const { pens } = strokesOf(drawings.flow, field);
    // A head's base is moved back along its line.
    expect(pens.filter((_, k) => k % 3 === 2).some((along) => along < 0)).toBe(true);
  });
});

describe('plateaus', () => {
  test('a corner has the gradient over the limit, and a valley narrower than a cell lies between opposite ones', () => {
    const valley = samplesOf((x, y) => 100 * (y - 0.05) ** 2 + 0 * x);
    const cells = 16;
    const out = new Float32Array(2 * (cells + 1) ** 2);
    laySteepness(valley, 2, cells, out);
    const along = Array.from({ length: cells + 1 }, (_, j) => out[2 * (j * (cells + 1) + 8) + 1]);
    expect(along[0]).toBeCloseTo((200 * (-1.6 - 0.05)) / 2, 0);
    // Steep at every corner, on either side of y = 0.05 in other directions.
    expect(Math.min(...along.map(Math.abs))).toBeGreaterThan(1);
    expect(along.findIndex((slope) => slope > 0)).toBe(9);
  });

  test('without a limit, or a number, there is none', () => {
    const out = new Float32Array(2 * 9);
    laySteepness(samplesOf(() => 2), 0, 2, out);
    expect(Math.min(...out)).toBeGreaterThan(1);
    laySteepness(samplesOf((x) => Math.log(x - 5)), 1, 2, out);
    expect(Math.min(...out)).toBeGreaterThan(1);
  });

  test('the hatch keeps its distance on the page to a factor of two', () => {
    for (const scale of [90, 260, 700, 3000]) {
      expect(hatchPitch(scale) * scale).toBeGreaterThan(8 / 1.5);
      expect(hatchPitch(scale) * scale).toBeLessThan(8 * 1.5);
    }
  });
});

describe('ticks', () => {
  test('are round and cover a range', () => {
    expect([0.13, 1, 3, 7, 0.04].map(niceStep)).toEqual([0.2, 1, 5, 10, 0.05]);
    expect(niceTicks(-1.2, 3.3, 5)).toEqual([-1, 0, 1, 2, 3]);
    expect([0, -2.5, 1e6, 0.00012, 1234].map((value) => tickText(value))).toEqual(['0', '−2.5', '1e6', '1.2e−4', '1230']);
  });
});

describe('quality', () => {
  /** Frames for so many milliseconds on a device on which a frame takes what `cost` says of the level. */
  const play = (pace: Pace, cost: (level: number) => number, duration: number, from = 0): number => {
    let time = from;
    while (time < from + duration) {
      time += Math.max(16.7, cost(pace.level));
      pace.frame(time);
    }
    return time;
  };
  const pixels = (level: number): number => LEVELS[level].resolution ** 2;

  test('falls on a slow device until it is quick enough, and stays there', () => {
    const pace = new Pace();
    const cost = (level: number): number => 20 + 160 * pixels(level);
    play(pace, cost, 6000);
    expect(cost(pace.level)).toBeLessThan(50);
    const { level } = pace;
    expect(level).toBeLessThan(3);
    expect(pace.framesPerSecond).toBeGreaterThan(20);
  });

  test('rises again when there is time, up to the finest', () => {
    const pace = new Pace();
    const time = play(pace, () => 120, 3000);
    expect(pace.level).toBe(0);
    play(pace, () => 5, 30_000, time);
    expect(pace.level).toBe(LEVELS.length - 1);
  });

  test('a hidden tab or a rest says nothing about the device', () => {
    const pace = new Pace();
    const before = pace.level;
    for (let k = 0; k < 40; k += 1) {
      pace.rest();
      pace.frame(k * 500);
    }
    expect(pace.level).toBe(before);
  });
});
