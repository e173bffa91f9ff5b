import { found } from '../../analysis/critical.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { sampleTerrain } from '../../compute/engine/terrain.ts';
import { deviceChoice, obtainGpu } from '../device.ts';
import { toJson } from '../json.ts';
import { knownWord } from '../known.ts';
import { deliver } from '../output.ts';
import { keepScene, requestScene } from '../request.ts';
import { csvTable } from '../table.ts';
import type { Command } from './command.ts';

const FORMATS = ['json', 'csv'] as const;
const COLUMNS = ['x', 'y', 'value', 'type', 'l1', 'l2'] as const;

/** Samples a side of the domain: neighbouring points may lie a hundredth of it apart. */
const SAMPLES = 384;

/** `critical`: all stationary points of a surface in its domain. */
export const critical: Command = {
  name: 'critical',
  summary: 'All stationary points of a surface in its domain, classified.',
  usage: '[--surface ID | --formula TEXT] [--domain xmin,xmax,ymin,ymax] [options]',
  details:
    'Answers [{x, y, value, type: minimum|maximum|saddle|degenerate, eigenvalues: [l1, l2]}, …], the lowest first. The places\n' +
    'are found in float64; --device gpu takes the samples that the search begins with on the GPU. What speaks against the list\n' +
    'being complete is said on standard error.',
  options: ['surface', 'formula', 'param', 'domain', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: 0,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    const scene = await requestScene(words);
    const landscape = landscapeOf(scene);
    await keepScene(words, scene);
    const gpu = await obtainGpu(deviceChoice(words, 'reference'), io);
    const { points, doubts } = found(landscape, await sampleTerrain(gpu?.device ?? null, landscape, SAMPLES));
    for (const doubt of doubts) io.err(`thalweg: ${doubt}\n`);
    const rows = points.map(({ x, y, value, type, eigenvalues }) => [x, y, value, type, ...eigenvalues]);
    const chunks = { json: [`${toJson(points)}\n`], csv: csvTable({ columns: COLUMNS, rows }) };
    await deliver(io, words.last('out'), chunks[format]);
    return 0;
  },
};
