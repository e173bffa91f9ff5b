/**
 * Lets a browser fetch what the page's first script will import while it reads the document, not after that script has come.
 * @returns {import('vite').Plugin}
 */
export const preloading = () => ({
  name: 'preload',
  transformIndexHtml: {
    order: 'post',
    handler(_, { path, chunk, bundle }) {
      if (path !== '/index.html' || !chunk || !bundle) return undefined;
      /** @type {Set<string>} */
      const scripts = new Set();
      /** @type {Set<string>} */
      const styles = new Set();
      /** @param {string} file */
      const take = (file) => {
        const part = bundle[file];
        if (scripts.has(file) || chunk.imports.includes(file) || part?.type !== 'chunk') return;
        scripts.add(file);
        for (const style of part.viteMetadata?.importedCss ?? []) styles.add(style);
        part.imports.forEach(take);
      };
      chunk.dynamicImports.forEach(take);
      /** @param {string} file @param {Record<string, string>} attributes */
      const link = (file, attributes) => ({
        tag: 'link',
        attrs: { ...attributes, crossorigin: true, href: `./${file}` },
        injectTo: /** @type {const} */ ('head'),
      });
      return [
        ...[...scripts].map((file) => link(file, { rel: 'modulepreload' })),
        ...[...styles].map((file) => link(file, { rel: 'preload', as: 'style' })),
      ];
    },
  },
});
