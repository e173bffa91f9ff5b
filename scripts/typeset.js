import temml from 'temml';
import { runnerImport } from 'vite';

const MODULE = 'virtual:typeset';
const RESOLVED = `\0${MODULE}`;
const OPTIMIZERS = 'src/descent/optimizers/index.ts';

/** Every piece of TeX that an optimizer shows. @param {import('../src/descent/optimizer.ts').Optimizer} optimizer @returns {string[]} */
const texOf = ({ hyper, state, rule, terms }) => {
  const defaults = Object.fromEntries(hyper.map((spec) => [spec.key, spec.default]));
  const shown = terms(0, 0, new Float64Array(state.length), 0, defaults, 1, 1, 0);
  return [...rule, ...[...hyper, ...shown].map(({ symbol }) => symbol)];
};

/** Without styles and classes: the page's policy allows no style in markup. @param {string} tex @param {boolean} display */
const typeset = (tex, display) =>
  temml.renderToString(tex, { displayMode: display, throwOnError: true }).replace(/ (style|class)="[^"]*"/g, '');

/**
 * Typesets the registries' TeX while the page is built: the page gets MathML and needs no typesetter. Its module has one
 * table: TeX → [inline, on a line of its own].
 * @returns {import('vite').Plugin}
 */
export const typesetting = () => ({
  name: 'typeset',
  resolveId: (id) => (id === MODULE ? RESOLVED : null),
  async load(id) {
    if (id !== RESOLVED) return null;
    const { module, dependencies } = await runnerImport(`./${OPTIMIZERS}`);
    for (const file of dependencies) this.addWatchFile(file);
    const all = new Set(module.optimizers.flatMap(texOf));
    const table = Object.fromEntries([...all].map((tex) => [tex, [typeset(tex, false), typeset(tex, true)]]));
    return `export default ${JSON.stringify(table)};`;
  },
});
