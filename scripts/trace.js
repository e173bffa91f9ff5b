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

/** What the browser does for a page that its scripts have changed. */
const PIPELINE = /^(Layout|Paint|UpdateLayoutTree|Layerize|PrePaint|Commit|HitTest|(Major|Minor)GC)$/;

/** Events inside which scripts run. */
const SCRIPT = /^(FunctionCall|EvaluateScript|RunMicrotasks)$/;

/**
 * What the page's main thread computed for each frame, in milliseconds of CPU time: from the task in which the frame was drawn up to
 * the next one: scripts, what is drawn of what they changed (style, layout, paint, garbage), and what else the browser does. What
 * three.js did of the scripts' time, by the profiler's samples, is told apart.
 * @param {{ traceEvents: TraceEvent[] }} trace
 */
export const framesOf = ({ traceEvents }) => {
  const fired = traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const [{ pid, tid } = { pid: -1, tid: -1 }] = fired;
  const events = traceEvents
    .filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid)
    .sort((a, b) => a.ts - b.ts);
  const samples = samplesOf(traceEvents, pid);
  /** @type {Map<string, number>} */
  const sources = new Map();
  /** @param {string} name @param {number} time */
  const count = (name, time) => sources.set(name, (sources.get(name) ?? 0) + time);
  /** @type {{ scripts: number, drawn: number, browser: number, three: number }[]} */
  const frames = [];
  let [next, event, sample] = [0, 0, 0];
  for (const { ts, dur = 0, tdur = dur } of events.filter(({ name }) => name === 'RunTask')) {
    const end = ts + dur;
    const drawn = next < fired.length && fired[next].ts <= end;
    while (next < fired.length && fired[next].ts <= end) next += 1;
    if (drawn) frames.push({ scripts: 0, drawn: 0, browser: 0, three: 0 });
    while (event < events.length && events[event].ts < ts) event += 1;
    while (sample < samples.length && samples[sample].at < ts) sample += 1;
    if (frames.length === 0) continue;
    let [script, pipeline, until] = [0, 0, 0];
    for (let k = event; k < events.length && events[k].ts <= end; k += 1) {
      const { name, ts: begins, dur: lasts = 0, tdur: took = lasts } = events[k];
      if (PIPELINE.test(name)) {
        pipeline += took / 1000;
        count(name, took / 1000);
      } else if (SCRIPT.test(name) && begins >= until) {
        // Scripts that others call are in their time.
        script += took / 1000;
        until = begins + lasts;
      }
    }
    const within = [];
    for (let k = sample; k < samples.length && samples[k].at <= end; k += 1) {
      if (!NO_SCRIPT.test(samples[k].source)) within.push(samples[k]);
    }
    const own = within.filter((one) => !one.three);
    const three = within.length > 0 ? (script * (within.length - own.length)) / within.length : 0;
    for (const { source } of own) count(source, (script - three) / own.length);
    if (within.length === 0) count('scripts too short for a sample', script);
    count('other tasks of the browser', tdur / 1000 - script - pipeline);
    const frame = frames[frames.length - 1];
    frame.three += three;
    frame.scripts += script - three;
    frame.drawn += pipeline;
    frame.browser += tdur / 1000 - script - pipeline;
  }
  // What belongs to the last one is not all there.
  return { frames: frames.slice(0, -1), sources: [...sources].sort((a, b) => b[1] - a[1]) };
};
