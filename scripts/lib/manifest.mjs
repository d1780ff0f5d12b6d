import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from './root.mjs';
import { captureNode } from './run.mjs';

/** The custom-elements manifest of the sources as they are, as JSON. */
export async function manifestOfSources() {
  const folder = await mkdtemp(join(tmpdir(), 'rtc-widgets-manifest-'));
  try {
    const { code, output } = await captureNode([
      'node_modules/@custom-elements-manifest/analyzer/cem.js',
      'analyze',
      '--quiet',
      `--outdir=${relative(root, folder)}`,
    ]);
    if (code !== 0) throw new Error(`The sources cannot be analysed:\n${output}`);
    return await readFile(join(folder, 'custom-elements.json'), 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A plugin of the test runner that serves the manifest as `/custom-elements.json`. */
export const manifestPlugin = () => ({
  name: 'manifest',
  /** @param {{ path: string }} request */
  async serve({ path }) {
    if (path !== '/custom-elements.json') return undefined;
    return { body: await manifestOfSources(), type: 'json' };
  },
});
