/**
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, id?: string, args: any }} TraceEvent
 * An event of a browser's trace: microseconds; `tdur` is what its thread computed meanwhile.
 * @typedef {{ at: number, three: boolean, source: string }} Sample
 */

/** The rank of so many shares among values. @param {readonly number[]} values @param {number} share */
export const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * values.length) - 1)];

/** Files of three.js are a chunk of this name. */
const THREE = /\/three-[^/]*\.js/;

/** What the profiler calls time in which no script of the page runs. */
const NO_SCRIPT = /^\((program|root|idle)\)$/;

/**
 * The profiler's samples of a thread, each with whether three.js was anywhere on the stack, and where it was sampled.
 * @param {readonly TraceEvent[]} events
 * @param {number} pid
 * @returns {Sample[]} ascending by time
 */
const samplesOf = (events, pid) => {
  const profiles = events.filter((event) => event.pid === pid && /^Profile(Chunk)?$/.test(event.name));
  /** @type {Map<string, { nodes: Map<number, { parent: number, name: string, url: string, three: boolean }>, at: number }>} */
  const known = new Map();
  /** @type {Sample[]} */
  const samples = [];
  for (const { id = '', args } of profiles.sort((a, b) => a.ts - b.ts)) {
    const profile = known.get(id) ?? { nodes: new Map(), at: args.data.startTime ?? 0 };
    known.set(id, profile);
    for (const { id: node, parent = 0, callFrame } of args.data.cpuProfile?.nodes ?? []) {
      const { functionName: name = '', url = '' } = callFrame;
      const three = THREE.test(url) || (profile.nodes.get(parent)?.three ?? false);
      profile.nodes.set(node, { parent, name, url, three });
    }
    (args.data.cpuProfile?.samples ?? []).forEach((/** @type {number} */ node, /** @type {number} */ k) => {
      profile.at += args.data.timeDeltas[k];
      const { nodes } = profile;
      const found = nodes.get(node);
      if (!found || found.name === '(idle)') return;
      let named = found;
      while (!named.url && nodes.has(named.parent) && !NO_SCRIPT.test(named.name)) {
        named = /** @type {typeof found} */ (nodes.get(named.parent));
      }
      const file = /([^/]+?)-[\w-]{8}\.js/.exec(named.url)?.[1];
      samples.push({
        at: profile.at,
        three: found.three,
        source: file ? `${named.name || 'anonymous'} (${file})` : found.name,
      });
    });
  }
  return samples.sort((a, b) => a.at - b.at);
};

/**
 * What the page's main thread computed for each frame, in milliseconds of CPU time: from the task in which the frame was drawn up to
 * the next one, style, layout and paint included. What three.js did, by the profiler's samples, is told apart.
 * @param {{ traceEvents: TraceEvent[] }} trace
 */
export const framesOf = ({ traceEvents }) => {
  const fired = traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const [{ pid, tid } = { pid: -1, tid: -1 }] = fired;
  const tasks = traceEvents
    .filter((event) => event.name === 'RunTask' && event.pid === pid && event.tid === tid)
    .sort((a, b) => a.ts - b.ts);
  const samples = samplesOf(traceEvents, pid);
  /** @type {Map<string, number>} */
  const sources = new Map();
  /** @type {{ own: number, three: number }[]} */
  const frames = [];
  let [next, sample] = [0, 0];
  for (const { ts, dur = 0, tdur = dur } of tasks) {
    const drawn = next < fired.length && fired[next].ts <= ts + dur;
    while (next < fired.length && fired[next].ts <= ts + dur) next += 1;
    if (drawn) frames.push({ own: 0, three: 0 });
    while (sample < samples.length && samples[sample].at < ts) sample += 1;
    const within = [];
    for (let k = sample; k < samples.length && samples[k].at <= ts + dur; k += 1) within.push(samples[k]);
    if (frames.length === 0) continue;
    const frame = frames[frames.length - 1];
    const all = tdur / 1000;
    const three = within.length > 0 ? (all * within.filter((one) => one.three).length) / within.length : 0;
    frame.three += three;
    frame.own += all - three;
    const own = within.filter((one) => !one.three);
    for (const { source } of own) sources.set(source, (sources.get(source) ?? 0) + (all - three) / own.length);
    if (own.length === 0)
      sources.set('(too short for a sample)', (sources.get('(too short for a sample)') ?? 0) + all - three);
  }
  // What belongs to the last one is not all there.
  return { frames: frames.slice(0, -1), sources: [...sources].sort((a, b) => b[1] - a[1]) };
};
