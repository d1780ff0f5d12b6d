import { build, type BuildOptions } from 'esbuild';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('..', import.meta.url));

/** Bundles a module of `bench/pages/` with esbuild, for a script tag. */
export function bundlePage(name: string): Promise<string> {
  return bundle({ entryPoints: [`${bench}pages/${name}.ts`], format: 'iife' });
}

/** Bundles a line of code that imports packages into one minified ES module. */
export function bundleCode(contents: string): Promise<string> {
  return bundle({ stdin: { contents, resolveDir: bench }, format: 'esm', minify: true });
}

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...options, bundle: true, write: false });
  return outputFiles![0]!.text;
}
