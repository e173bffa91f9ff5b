import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../scripts/project.js';

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.cache']);

/** A text file of the project; `path` is relative to its root, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });

const TEXT = /(\.(ts|js|mjs|cjs|json|wgsl|md|css|html|py|svg|webmanifest|txt)|\/(LICENSE|run|\.[a-z]+))$/;

/** The project's text files below a folder, build outputs and packages apart. */
export const sources = (folder = ''): Source[] =>
  walk(join(ROOT, folder))
    .map((file) => ({ file, path: relative(ROOT, file).split(sep).join('/') }))
    .filter(({ path }) => TEXT.test(`/${path}`))
    .map(({ file, path }) => ({ path, text: readFileSync(file, 'utf8') }));

/** What a TypeScript file imports, types and dynamic imports included, as it is written. */
export const importsOf = ({ text }: Source): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
