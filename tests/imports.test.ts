import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { importsOf, type Source, sources } from './support/sources.ts';

/** The floors of the house from the ground up; the rooms of one floor do not know each other. */
const FLOORS = [
  ['math'],
  ['formula'],
  ['landscape', 'descent'],
  ['scene'],
  ['compute'],
  ['analysis'],
  ['story'],
  ['view', 'cli'],
  ['record'],
  ['ui'],
  ['api', 'view-port'],
  ['device'],
  ['session'],
  ['page'],
  ['main', 'embed', 'embed-page', 'recorder'],
];

/** The floors within compute; the files that lie in the room itself are its ground. */
const COMPUTE_FLOORS = [['ground'], ['reference', 'gpu'], ['swarm'], ['engine']];

/** What lies outside src and may be imported: kernels as text, and the version. */
const OUTSIDE = /^(shaders\/.+\.wgsl|package\.json)$/;

/** What finds and serves what lies beside the program. */
const SCRIPTS = /^scripts\/[a-z]+\.js$/;

interface Edge {
  readonly from: string;
  readonly to: string;
}

const files = sources('src').filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.d.ts'));

/** Imports of the project's own TypeScript, as paths relative to its root. */
const edgesOf = (source: Source): Edge[] =>
  importsOf(source)
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from: source.path, to: posix.join(posix.dirname(source.path), name) }));

const edges = files.flatMap(edgesOf);
const within = edges.filter(({ to }) => to.startsWith('src/') && to.endsWith('.ts'));

/** The room of a path such as src/compute/gpu/buffers.ts; a file that lies in src itself is a room of its own. */
const roomOf = (path: string): string => path.split('/')[1].replace(/\.ts$/, '');

const subroomOf = (path: string): string => {
  const parts = path.split('/');
  return parts.length > 3 ? parts[2] : 'ground';
};

/** Why an import breaks the rule, or null. */
const complaint = (floors: readonly string[][], from: string, to: string): string | null => {
  const floorOf = (room: string): number => floors.findIndex((rooms) => rooms.includes(room));
  if (floorOf(from) < 0) return `${from} has no floor`;
  if (floorOf(to) < 0) return `${to} has no floor`;
  if (from === to || floorOf(to) < floorOf(from)) return null;
  return floorOf(to) === floorOf(from) ? `${from} and ${to} are neighbours` : `${to} lies above ${from}`;
};

const complaints = (some: readonly Edge[], floors: readonly string[][], room: (path: string) => string): string[] =>
  some.flatMap(({ from, to }) => {
    const why = complaint(floors, room(from), room(to));
    return why ? [`${from} imports ${to}: ${why}.`] : [];
  });

it('imports are read from more than a handful of files', () => {
  expect(files.length).toBeGreaterThan(50);
  expect(within.length).toBeGreaterThan(files.length);
});

it('every room imports only from floors below', () => {
  expect(complaints(within, FLOORS, roomOf)).toEqual([]);
});

it('within compute too', () => {
  const inside = within.filter(({ from, to }) => roomOf(from) === 'compute' && roomOf(to) === 'compute');
  expect(complaints(inside, COMPUTE_FLOORS, subroomOf)).toEqual([]);
});

it('the rule sees what breaks it', () => {
  const edge = (from: string, to: string): Edge => ({ from: `src/${from}`, to: `src/${to}` });
  const broken = [
    edge('math/a.ts', 'formula/b.ts'),
    edge('view/a.ts', 'cli/b.ts'),
    edge('compute/a.ts', 'ui/b.ts'),
    edge('main.ts', 'embed.ts'),
    edge('attic/a.ts', 'math/b.ts'),
  ];
  expect(complaints(broken, FLOORS, roomOf)).toHaveLength(broken.length);
  const brokenInside = [
    edge('compute/outcome.ts', 'compute/gpu/b.ts'),
    edge('compute/reference/a.ts', 'compute/gpu/b.ts'),
    edge('compute/swarm/a.ts', 'compute/engine/b.ts'),
  ];
  expect(complaints(brokenInside, COMPUTE_FLOORS, subroomOf)).toHaveLength(brokenInside.length);
});

it('imports from outside src are kernels and the version, and of the command line the scripts', () => {
  const allowed = ({ from, to }: Edge): boolean => OUTSIDE.test(to) || (roomOf(from) === 'cli' && SCRIPTS.test(to));
  expect(edges.filter((edge) => !edge.to.startsWith('src/') && !allowed(edge))).toEqual([]);
});

it('imports of own files carry the extension', () => {
  expect(edges.filter(({ to }) => !/\.(ts|js|css|json|py\?raw|wgsl|ts\?worker|svg\?raw)$/.test(to))).toEqual([]);
});

/** The rooms that import a package, by the package's name; of Node's own modules all together. */
const roomsByPackage = (): Map<string, Set<string>> => {
  const rooms = new Map<string, Set<string>>();
  for (const source of files) {
    for (const name of importsOf(source).filter((candidate) => !candidate.startsWith('.'))) {
      const own = name.startsWith('node:') || builtinModules.includes(name);
      const parts = name.split('/');
      const key = own ? 'node' : parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
      rooms.set(key, (rooms.get(key) ?? new Set()).add(roomOf(source.path)));
    }
  }
  return rooms;
};

it('each package has one home', () => {
  const shared = [...roomsByPackage()]
    .filter(([, rooms]) => rooms.size > 1)
    .map(([name, rooms]) => `${name}: ${[...rooms].join(', ')}`);
  expect(shared).toEqual([]);
});

it('only the command line knows Node', () => {
  expect([...(roomsByPackage().get('node') ?? [])]).toEqual(['cli']);
});
