import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { root } from '../../scripts/lib/root.mjs';

/** A part that the kit loads when it is needed, and what of it a page does not have before. */
export interface DeferredPart {
  readonly name: string;
  /** Files under dist/. */
  readonly paths: string[];
}

const entry = 'rtc-widgets.js';

/**
 * Every part that the built kit loads by an import() somewhere, by name.
 * @param there the files under dist/ that do not count, as the page has them already
 */
export async function deferredParts(there: readonly string[]): Promise<DeferredPart[]> {
  const modules = await reachable(entry);
  const had = new Set(there);
  const parts = new Set([...modules.values()].flatMap(({ dynamic }) => dynamic));
  return [...parts]
    .filter((path) => !had.has(path))
    .sort()
    .map((path) => ({
      name: posix.basename(path).replace(/-[^-]{8}\.js$/, ''),
      paths: [...withImports(path, modules)].filter((each) => !had.has(each)),
    }));
}

interface Module {
  readonly fixed: string[];
  readonly dynamic: string[];
}

/** The modules of the bundle, by path, with what they import. */
async function reachable(first: string): Promise<Map<string, Module>> {
  const modules = new Map<string, Module>();
  const waiting = [first];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue;
    const code = await readFile(join(root, 'dist', path), 'utf8');
    const named = (pattern: RegExp) =>
      [...code.matchAll(pattern)].map(([, name]) => posix.join(posix.dirname(path), name!));
    const fixed = named(/\b(?:from|import)\s*["'](\.[^"']+)["']/g);
    const dynamic = named(/\bimport\(["'`](\.[^"'`]+)["'`]\)/g);
    modules.set(path, { fixed, dynamic });
    waiting.push(...fixed, ...dynamic);
  }
  return modules;
}

/** A module and all that it imports at once. */
function withImports(
  path: string,
  modules: ReadonlyMap<string, Module>,
  found = new Set<string>(),
): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const each of modules.get(path)?.fixed ?? []) withImports(each, modules, found);
  return found;
}
