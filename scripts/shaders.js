import { readFileSync } from 'node:fs';

/** WGSL without its comments and indentation, each line where it was. @param {string} text @returns {string} */
export const withoutComments = (text) => text.replace(/\/\/.*/g, '').replace(/^[ \t]+|[ \t]+$/gm, '');

/**
 * A kernel that is imported is its text without comments, which no visitor should wait for; line numbers stay, so that a
 * device's complaint leads to the file. Who wants to show the file imports it with ?raw.
 * @returns {import('vite').Plugin}
 */
export const shaders = () => ({
  name: 'shaders',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.wgsl')) return null;
    this.addWatchFile(id);
    return `export default ${JSON.stringify(withoutComments(readFileSync(id, 'utf8')))};`;
  },
});
