import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/project.js';
import { planOf } from '../src/compute/engine/plan.ts';
import { createReferenceSwarm } from '../src/compute/reference/swarm.ts';
import { DEFAULT_RECORDING, recordingFault, wholeRun } from '../src/scene/recording.ts';
import { sceneFromFile } from '../src/scene/file.ts';
import { surfaceOf } from '../src/scene/resolve.ts';

const FOLDER = join(ROOT, 'public', 'films');
const files = readdirSync(FOLDER).sort();

it('there are ten scenes for talks', () => {
  expect(files).toHaveLength(10);
});

describe.each(files)('%s', (file) => {
  const { scene, fault } = sceneFromFile(readFileSync(join(FOLDER, file), 'utf8'));
  const seconds = wholeRun(scene);

  it('is a scene, with a title, as long as a talk has time for, and what it says is seen', () => {
    expect(fault).toBeNull();
    expect(recordingFault({ ...DEFAULT_RECORDING, seconds }, scene)).toBeNull();
    expect(scene.film.title).not.toBe('');
    expect(seconds).toBeGreaterThanOrEqual(8);
    expect(seconds).toBeLessThanOrEqual(15);
    expect(
      Math.max(...scene.film.captions.map(({ to }) => to), ...scene.film.path.map(({ at }) => at)),
    ).toBeLessThanOrEqual(seconds);
  });

  it('has something going on: in every lane a particle moves by a fortieth of the map', async () => {
    const [xmin, xmax] = surfaceOf(scene).domain;
    for (const lane of scene.lanes.keys()) {
      const few = { ...scene, start: scene.start.spawn === 'points' ? scene.start : { ...scene.start, count: 32 } };
      const swarm = createReferenceSwarm(planOf(few, lane));
      const before = (await swarm.read()).positions;
      swarm.advance(scene.steps);
      const after = (await swarm.read()).positions;
      const farthest = Math.max(...before.map((at, i) => Math.abs(at - after[i])).filter(Number.isFinite));
      expect(farthest).toBeGreaterThan((xmax - xmin) / 40);
    }
  });
});
