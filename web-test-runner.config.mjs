// Tests of elements, in Chromium. `npm run test:elements` runs them.
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { chromeFlags, findChrome } from './scripts/lib/browsers.mjs';
import { elementCountReporter } from './scripts/lib/element-count-reporter.mjs';
import { manifestPlugin } from './scripts/lib/manifest.mjs';
import { elementTestFiles } from './scripts/lib/suites.mjs';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: elementTestFiles(),
  nodeResolve: true,
  // Run a page at a time: Chromium draws no frame and plays no video in a page behind another.
  concurrency: 1,
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: findChrome(),
        headless: true,
        // Gives elements `computedRole` and `computedName`: what assistive technology is told.
        args: [...chromeFlags, '--enable-blink-features=ComputedAccessibilityInfo'],
      },
    }),
  ],
  plugins: [
    manifestPlugin(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      // Class fields keep their meaning: see useDefineForClassFields there.
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  testFramework: { config: { ui: 'bdd', timeout: 30_000 } },
  testsFinishTimeout: 300_000,
  reporters: [defaultReporter({ reportTestProgress: false }), elementCountReporter()],
};
