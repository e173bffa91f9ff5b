import { defineConfig } from 'vitest/config';
import { preloading } from './scripts/preload.js';
import { shaders } from './scripts/shaders.js';
import { typesetting } from './scripts/typeset.js';

/** The file for other people's pages: the element of this name. */
const LIBRARY = 'thalweg-landscape';

/** Anything slower than this hangs: software GPUs on two busy cores are slow, and time is never what a test asserts. */
const MINUTE = 60_000;

export default defineConfig(({ isSsrBuild }) => ({
  // Relative addresses: the built page works from any folder of any server.
  base: './',
  plugins: [shaders(), typesetting(), preloading()],
  build: isSsrBuild
    ? {
        outDir: 'dist/cli',
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        // The scripts lie beside what is built, and find the project by where they are.
        rolldownOptions: { external: [/\/scripts\/[a-z]+\.js$/] },
      }
    : {
        outDir: 'dist/page',
        emptyOutDir: true,
        target: 'es2022',
        // The page's content security policy allows no data: addresses.
        assetsInlineLimit: 0,
        // The polyfill is for browsers that have no WebGL 2 either.
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 1000,
        rolldownOptions: {
          input: { index: 'index.html', record: 'record.html', embed: 'embed.html', [LIBRARY]: 'src/embed.ts' },
          output: {
            // What other pages name keeps its name.
            entryFileNames: ({ name }) => (name === LIBRARY ? '[name].js' : 'assets/[name]-[hash].js'),
            codeSplitting: {
              groups: [
                { name: 'three', test: /node_modules[\\/]three[\\/]/ },
                { name: 'vendor', test: /node_modules[\\/](lil-gui|tinykeys|uplot|valibot)[\\/]/ },
                // What asks for a device, and for the page, does not wait for it.
                { name: 'first', test: /src[\\/]device\.ts$|preload-helper/ },
                // What the page needs at once shrinks better as one piece.
                { name: 'start', test: /src[\\/]page\.ts$/ },
              ],
            },
          },
        },
      },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.{gpu,browser}.test.ts'],
          maxWorkers: '100%',
          testTimeout: MINUTE,
          sequence: { groupOrder: 0 },
        },
      },
      // A software GPU takes both cores by itself, so what needs a device runs alone.
      {
        extends: true,
        test: {
          name: 'gpu',
          include: ['tests/**/*.gpu.test.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 2 * MINUTE,
          hookTimeout: MINUTE,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/**/*.browser.test.ts'],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
}));
