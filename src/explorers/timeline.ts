import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LogEntry } from '../core/inspect/connection-log.js';
import type { Say } from './explorer-words.js';
import { stateMark } from './state-mark.js';

/** Renders the events, the latest first, as a table that scrolls by itself. */
export function timeline(say: Say, entries: readonly LogEntry[]) {
  const several = new Set(entries.map(({ who }) => who)).size > 1;
  return html`
    <section>
      <h3>${say('timeline')}</h3>
      ${
        entries.length
          ? html`<div class="scroll" role="region" tabindex="0" aria-label=${say('timeline')}>
              <table part="timeline">
                <tbody>
                  ${repeat(
                    [...entries].reverse(),
                    ({ id }) => id,
                    (entry) => row(say, entry, several),
                  )}
                </tbody>
              </table>
            </div>`
          : html`<p class="hint">${say('timeline-empty')}</p>`
      }
    </section>
  `;
}

function row(say: Say, { at, who, kind, name, detail }: LogEntry, several: boolean) {
  return html`
    <tr>
      <td class="number muted time">${say('milliseconds', { value: Math.round(at) })}</td>
      ${several ? html`<td class="end">${who}</td>` : nothing}
      <td>
        <code class="kind-${kind}">${name}</code>
        ${kind === 'state' ? stateMark(detail) : html`<code class="muted">${detail}</code>`}
      </td>
    </tr>
  `;
}
