import type { Landscape } from '../../compute/contract.ts';
import { landscapeOf } from '../../compute/engine/plan.ts';
import { evaluateOnGpu } from '../../compute/swarm/evaluate.ts';
import { deviceChoice, obtainGpu } from '../device.ts';
import { RequestError } from '../errors.ts';
import { toJson } from '../json.ts';
import { knownWord } from '../known.ts';
import { deliver } from '../output.ts';
import { keepScene, requestScene } from '../request.ts';
import { csvTable, npyTable } from '../table.ts';
import { parseNumbers } from '../values.ts';
import type { Command } from './command.ts';

const FORMATS = ['json', 'csv', 'npy'] as const;
const COLUMNS = ['x', 'y', 'value', 'gx', 'gy', 'xx', 'xy', 'yy'] as const;

/** x, y, value, gradient, Hessian at each point, by the float64 closures. */
function onReference({ formula, parameters }: Landscape, points: readonly (readonly number[])[]): number[][] {
  const gradient = new Float64Array(2);
  const hessian = new Float64Array(3);
  return points.map(([x, y]) => {
    const value = formula.gradient(x, y, parameters, gradient);
    formula.hessian(x, y, parameters, hessian);
    return [x, y, value, ...gradient, ...hessian];
  });
}

/** The same in float32, by the WGSL that swarms run. */
async function onGpu(
  device: GPUDevice,
  landscape: Landscape,
  points: readonly (readonly number[])[],
): Promise<number[][]> {
  const places = Float32Array.from(points.flat());
  const values = await evaluateOnGpu(device, landscape, places);
  const curves = await evaluateOnGpu(device, landscape, places, 'curve');
  return points.map((_, i) => [
    ...places.subarray(2 * i, 2 * i + 2),
    ...values.subarray(4 * i, 4 * i + 3),
    ...curves.subarray(4 * i, 4 * i + 3),
  ]);
}

const answerOf = ([x, y, value, gx, gy, xx, xy, yy]: readonly number[]) => ({
  x,
  y,
  value,
  gradient: [gx, gy],
  hessian: [xx, xy, yy],
});

/** `evaluate`: a surface's value and derivatives at places. */
export const evaluate: Command = {
  name: 'evaluate',
  summary: 'A surface’s value, gradient and Hessian at given places.',
  usage: '--at X,Y … [--surface ID | --formula TEXT] [options]',
  details:
    'Answers [{x, y, value, gradient: [gx, gy], hessian: [xx, xy, yy]}, …], in float64 unless --device gpu asks for the\n' +
    'float32 values of the GPU. Further places may follow the first without another --at.',
  options: ['surface', 'formula', 'param', 'domain', 'at', 'device', 'scene', 'save-scene', 'format', 'out'],
  positionals: Number.POSITIVE_INFINITY,
  async run(words, io) {
    const format = knownWord(words.last('format') ?? 'json', FORMATS, 'format');
    const places = [...words.all('at'), ...words.positionals];
    if (places.length === 0) {
      throw new RequestError('Where to evaluate is missing: --at X,Y.');
    }
    const points = places.map((place) => parseNumbers(place, '--at', 2, 'X,Y'));
    const scene = await requestScene(words);
    const landscape = landscapeOf(scene);
    await keepScene(words, scene);
    const gpu = await obtainGpu(deviceChoice(words, 'reference'), io);
    const rows = gpu ? await onGpu(gpu.device, landscape, points) : onReference(landscape, points);
    const table = { columns: COLUMNS, rows };
    const chunks = { json: [`${toJson(rows.map(answerOf))}\n`], csv: csvTable(table), npy: npyTable(table) };
    await deliver(io, words.last('out'), chunks[format]);
    return 0;
  },
};
