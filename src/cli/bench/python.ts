import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import script from './peers.py?raw';

/** What a Python offers to compare with. */
export interface PythonFacts {
  readonly path: string;
  readonly python: string;
  readonly numpy: string | null;
  readonly torch: string | null;
  readonly peers: readonly string[];
}

/** Where a Python may be: the one on the path, and the system's own. */
const PLACES = ['python3', '/usr/bin/python3'] as const;

/** A Python that holds the peers' arrays and times them one request at a time. */
export class PythonPeers {
  private constructor(
    readonly facts: PythonFacts,
    private readonly child: ChildProcessWithoutNullStreams,
    private readonly lines: AsyncIterator<string>,
    private readonly reader: Interface,
  ) {}

  /** Starts the Python at `path`, or gives null where there is none. */
  private static async start(path: string): Promise<PythonPeers | null> {
    const child = spawn(path, ['-c', script]);
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    const reader = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done) return null;
    return new PythonPeers({ path, ...JSON.parse(first.value) }, child, lines, reader);
  }

  /** The Python with most to compare with, or null. */
  static async find(): Promise<PythonPeers | null> {
    let best: PythonPeers | null = null;
    for (const path of PLACES) {
      const found = await PythonPeers.start(path);
      if (!found) continue;
      const better = best === null || found.facts.peers.length > best.facts.peers.length;
      (better ? best : found)?.end();
      if (better) best = found;
    }
    return best;
  }

  /** Particle-steps a second of a peer. */
  async rate(peer: string, surface: string, particles: number, seconds: number): Promise<number> {
    this.child.stdin.write(`${JSON.stringify({ peer, surface, particles, seconds })}\n`);
    const line = await this.lines.next();
    if (line.done) throw new Error(`The Python at ${this.facts.path} ended while it timed ${peer}.`);
    return JSON.parse(line.value).rate;
  }

  end(): void {
    this.reader.close();
    this.child.stdin.end();
    this.child.kill();
  }
}
