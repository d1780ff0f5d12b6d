import { build, type BuildOptions } from 'esbuild';
import { fileURLToPath } from 'node:url';

const bench = fileURLToPath(new URL('..', import.meta.url));

/** What esbuild makes of a module of `bench/pages/`, for a script tag. */
export function bundlePage(name: string): Promise<string> {
  return bundle({ entryPoints: [`${bench}pages/${name}.ts`], format: 'iife' });
}

/** What esbuild makes of a line of code that imports packages: one minified ESM. */
export function bundleCode(contents: string): Promise<string> {
  return bundle({ stdin: { contents, resolveDir: bench }, format: 'esm', minify: true });
}

async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...options, bundle: true, write: false });
  return outputFiles![0]!.text;
}
