import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../scripts/project.js';
import { optimizers } from '../src/descent/optimizers/index.ts';
import { importsOf, type Source, sources } from './support/sources.ts';

const everything = sources();
const below = (folder: string): Source[] => everything.filter(({ path }) => path.startsWith(`${folder}/`));
const code = below('src').filter(({ path }) => path.endsWith('.ts'));
const shaders = below('shaders').map(({ path }) => path);

/** Where a pattern stands in some files: path:line and the words found. */
const findings = (files: readonly Source[], pattern: RegExp): string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const found = pattern.exec(line);
      return found ? [`${path}:${index + 1} ${found[0]}`] : [];
    }),
  );

describe('shaders', () => {
  const imported = new Set(
    code.flatMap((source) =>
      importsOf(source)
        .filter((name) => name.endsWith('.wgsl'))
        .map((name) => posix.join(posix.dirname(source.path), name)),
    ),
  );
  // A folder that is imported as a whole is one of a registry's.
  const folders = code.flatMap(({ path, text }) =>
    [...text.matchAll(/import\.meta\.glob[^(]*\(\s*'([^']+)\/\*\.wgsl'/g)].map((match) =>
      posix.join(posix.dirname(path), match[1]),
    ),
  );

  it('every file is used', () => {
    expect(shaders.length).toBeGreaterThan(0);
    expect(shaders.filter((path) => !imported.has(path) && !folders.includes(posix.dirname(path)))).toEqual([]);
  });

  it('every optimizer is a pair, and every half has its other', () => {
    const ids = optimizers.map(({ id }) => id).sort();
    const kernels = shaders
      .filter((path) => path.startsWith('shaders/optimizers/'))
      .map((path) => posix.basename(path, '.wgsl'));
    expect(kernels.sort()).toEqual(ids);
    expect(ids.filter((id) => !existsSync(join(ROOT, 'src/descent/optimizers', `${id}.ts`)))).toEqual([]);
  });
});

describe('texts', () => {
  it('name no place on anybody’s machine', () => {
    expect(findings(everything, /(?<![\w.)\]}*])\/(work|home|root|Users)\/[\w.-]+/)).toEqual([]);
  });

  it('name no package registry', () => {
    const lock = everything.filter(({ path }) => path === 'package-lock.json');
    expect(lock).toHaveLength(1);
    expect(findings(lock, /"resolved"/)).toEqual([]);
    expect(findings(everything, /\bhttps?:\/\/[\w.-]*(registry|artifactory|mirror|proxy)[\w.-]*/i)).toEqual([]);
  });

  it('are no unfinished work', () => {
    const own = [...code, ...below('shaders'), ...below('scripts'), ...below('bin'), ...below('tests/support')];
    expect(findings(own, /\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b/)).toEqual([]);
  });

  it('are short enough to read', () => {
    const long = [...code, ...below('shaders'), ...below('scripts')].filter(
      ({ text }) => text.split('\n').length > 351,
    );
    expect(long.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
  });
});

describe('safety', () => {
  it('no text becomes code or markup', () => {
    const pattern =
      /\beval\s*\(|\bnew Function\b|\bFunction\s*\(|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|setTimeout\(\s*['"`]/;
    expect(findings(code, pattern)).toEqual([]);
    // The pattern would see it.
    expect(findings([{ path: 'x', text: 'a.innerHTML = b;\nnew Function(c)' }], pattern)).toHaveLength(2);
  });

  it('the page has nothing inline, which its policy would refuse', () => {
    const page = readFileSync(join(ROOT, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|["'=]javascript:/i);
  });
});

describe('tests', () => {
  const files = below('tests').filter(({ path }) => path.endsWith('.test.ts'));

  it('are all run', () => {
    expect(findings(files, /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf|fails)\b|\bctx\.skip\(/)).toEqual([]);
  });

  it('wait for no time to pass, unless the clock is their own', () => {
    const onRealTime = files.filter(({ text }) => !text.includes('useFakeTimers'));
    expect(findings(onRealTime, /\bsetTimeout\(/)).toEqual([]);
  });
});

describe('README', () => {
  const readme = (): string => readFileSync(join(ROOT, 'README.md'), 'utf8');

  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme().matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2],
    );
    expect(named).toEqual(expect.arrayContaining(['start', 'test']));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names the commands that exist, and all of them', async () => {
    const { COMMANDS } = await import('../src/cli/command.ts');
    const known = COMMANDS.map(({ name }) => name);
    const named = [...readme().matchAll(/\bbin\/thalweg\.js ([a-z]+)/g)].map((match) => match[1]);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    const text = readme();
    expect(known.filter((name) => !new RegExp(`\\bthalweg(\\.js)? ${name}\\b`).test(text))).toEqual([]);
  });

  it('leads to files that exist', () => {
    const links = [...readme().matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1]);
    expect(links.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
