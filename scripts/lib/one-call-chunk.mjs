/** Parts that are of no use without the call part, by their modules' paths. */
const onlyWithCalls = /\/define\/(call-part|call-meter|conversation|roster|peer-explorer)\.js$/;

/**
 * For rollup's `manualChunks`: all that the call part brings besides the entry is one chunk, also
 * what further parts use that need calls anyway. In many small chunks it is 1 KB larger.
 *
 * @type {import('rollup').GetManualChunk}
 */
export function oneCallChunk(id, { getModuleIds, getModuleInfo }) {
  const modules = [...getModuleIds()].map((each) => getModuleInfo(each));
  /** @param {(module: import('rollup').ModuleInfo) => boolean} isRoot */
  const brought = (isRoot) => {
    const found = new Set(modules.filter((each) => each && isRoot(each)).map((each) => each?.id));
    for (const each of found) {
      for (const imported of getModuleInfo(each ?? '')?.importedIds ?? []) found.add(imported);
    }
    return found;
  };
  if (!brought((module) => module.id.endsWith('/define/call-part.js')).has(id)) return undefined;
  const apart = brought(
    (module) =>
      !onlyWithCalls.test(module.id) && (module.isEntry || module.dynamicImporters.length > 0),
  );
  return apart.has(id) ? undefined : 'call-part';
}
