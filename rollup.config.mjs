// dist/rtc-widgets.js: the kit for one script tag, with the parts loaded on demand as chunks beside
// it. tsc has put the modules that it bundles in dist/src.
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { minifyFirst } from './scripts/lib/minify-first.mjs';
import { keepChunks } from './scripts/lib/keep-chunks.mjs';
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
  },
  plugins: [
    nodeResolve({ browser: true, exportConditions: ['production'] }),
    minifyLiterals(),
    minifyFirst(),
    // @ts-expect-error: its types are written for CommonJS
    terser({
      ecma: 2020,
      module: true,
      // What is unsafe about it: `x + ''` in place of `String(x)`, and the like.
      compress: {
        passes: 4,
        unsafe: true,
        unsafe_methods: true,
        keep_fargs: false,
        pure_getters: true,
      },
      format: { comments: false },
    }),
    keepChunks('chunks'),
  ],
};
