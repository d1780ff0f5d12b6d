import { readFileSync } from 'node:fs';

/** The text of docs/protocol.md. */
export const protocolPage = readFileSync(
  new URL('../../docs/protocol.md', import.meta.url),
  'utf8',
);

/** A message that docs/protocol.md shows, by the heading that it stands under. */
export interface Example {
  type: string;
  json: string;
}

/** The text under a heading of the second level. */
export function sectionOf(title: string): string {
  const found = protocolPage.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`No section "${title}"`);
  return found;
}

/** The examples of a section. */
export function examplesOf(title: string): Example[] {
  return sectionOf(title)
    .split(/^### /m)
    .slice(1)
    .flatMap((text) => {
      const type = text.slice(0, text.indexOf('\n'));
      const found = text.matchAll(/^```json\n(.*?)^```$/gms);
      return [...found].map(([, json]) => ({ type, json: json! }));
    });
}
