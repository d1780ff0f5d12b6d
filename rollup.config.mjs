// dist/rtc-widgets.js: the kit for one script tag, with the parts loaded on demand as chunks beside
// it. tsc has put the modules that it bundles in dist/src.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { keepChunks } from './scripts/lib/keep-chunks.mjs';
import { oneCallChunk } from './scripts/lib/one-call-chunk.mjs';
import { minifyLiterals } from './scripts/lib/minify-literals.mjs';

/** @type {import('rollup').RollupOptions} */
export default {
  input: { 'rtc-widgets': 'dist/src/cdn.js' },
  output: {
    dir: 'dist',
    format: 'es',
    entryFileNames: '[name].js',
    // A chunk's name tells its content: it can be cached for good.
    chunkFileNames: 'chunks/[name]-[hash].js',
    generatedCode: 'es2015',
    hoistTransitiveImports: false,
    manualChunks: oneCallChunk,
    onlyExplicitManualChunks: true,
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'] }),
    minifyLiterals(),
    // @ts-expect-error: its types are written for CommonJS
    terser({
      ecma: 2020,
      module: true,
      compress: { passes: 2 },
      format: { comments: false },
    }),
    keepChunks('chunks'),
  ],
};
