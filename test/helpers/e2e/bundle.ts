import { build } from 'esbuild';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const helpers = fileURLToPath(new URL('.', import.meta.url));

/** Bundles a helper that runs in a page into one classic script. */
export async function bundle(helper: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(helpers, helper)],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** The modules of `src/define`, each by its file's name, with the chunks that they share. */
export async function defineModules(): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    entryPoints: ['src/define/*.ts'],
    absWorkingDir: join(helpers, '../../..'),
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'define',
    write: false,
    logLevel: 'error',
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
}
