import { MemoryDirectory } from '../../../src/hub/memory-directory.js';
import { defaultHubSettings } from '../../../src/hub/settings.js';
import { PageServer } from './page-server.js';

/** A server in this page at which people are online who have no page of their own. */
export function serverWith(...names: string[]): PageServer {
  const directory = new MemoryDirectory(defaultHubSettings);
  for (const name of names) {
    directory.claim(
      name,
      true,
      undefined,
      0,
      () => true,
      () => {},
    );
  }
  return new PageServer({ directory });
}

/** So many names that begin alike. */
export const crowd = (count: number) =>
  Array.from({ length: count }, (_, index) => `person ${String(index).padStart(3, '0')}`);
