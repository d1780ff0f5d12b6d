import { html } from 'lit';

/** A row of a table: a member of an object, and its value. */
export const row = (name: string, value: unknown) => html`
  <tr>
    <th scope="row"><code>${name}</code></th>
    <td>${value}</td>
  </tr>
`;

/** An object as JSON, shown when its title is pressed. */
export const json = (title: string, value: unknown) => html`
  <details>
    <summary>${title}</summary>
    <pre tabindex="0">${JSON.stringify(value, undefined, 2)}</pre>
  </details>
`;

/** Tracks in words: how many, and a line for each. */
export function describe(tracks: readonly MediaStreamTrack[]): string {
  const lines = tracks.map(
    ({ kind, label, readyState, enabled }) =>
      `${kind} “${label}”, ${readyState}${enabled ? '' : ', enabled: false'}`,
  );
  return [`[${tracks.length}]`, ...lines].join('\n');
}

/** An error in words. An OverconstrainedError names the constraint that could not be met. */
export function nameOf(cause: unknown): string {
  const { name, message, constraint } = cause as Error & { constraint?: string };
  return [constraint ? `${name} (${constraint})` : name, message].filter(Boolean).join(': ');
}
