import { html, nothing } from 'lit';
import { candidateRows, pairRows } from '../core/inspect/candidates.js';
import { stateNames } from '../core/inspect/connection-log.js';
import { descriptionsOf } from '../core/inspect/descriptions.js';
import { sdpLines } from '../core/inspect/sdp-lines.js';
import type { Stat } from '../core/inspect/stats-series.js';
import type { Say } from './explorer-words.js';
import { stateMark } from './state-mark.js';

/** The four states of a connection as they are now. */
export function statesTable(title: string, pc: RTCPeerConnection) {
  return html`
    <table part="states">
      <caption>
        ${title}
      </caption>
      <tbody>
        ${stateNames.map(
          (name) => html`
            <tr>
              <th scope="row"><code>${name}</code></th>
              <td>${stateMark(pc[name])}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

/**
 * Both descriptions of a connection, line by line, each line explained when it is opened.
 * @param who which end, where there are several
 */
export function descriptions(say: Say, pc: RTCPeerConnection, who = '') {
  const { local, remote } = descriptionsOf(pc);
  return html`
    ${description(say, [who, 'localDescription'].filter(Boolean).join('.'), local)}
    ${description(say, [who, 'remoteDescription'].filter(Boolean).join('.'), remote)}
  `;
}

function description(say: Say, title: string, value: RTCSessionDescription | null) {
  if (!value) return nothing;
  const lines = sdpLines(value.sdp);
  return html`
    <details class="group" part="description">
      <summary>
        <code>${title}</code>:
        ${say(value.type === 'offer' ? 'an-offer' : 'an-answer', { count: lines.length })}
      </summary>
      <ul class="lines">
        ${lines.map(
          ({ text, kind, values }) => html`
            <li>
              <details>
                <summary><code class=${kind}>${text}</code></summary>
                <p>${say(`sdp-${kind}`, values)}</p>
              </details>
            </li>
          `,
        )}
      </ul>
    </details>
  `;
}

/** Candidates and the pairs of them that were tried; which pair won is said first. */
export function candidates(say: Say, stats: readonly Stat[], title = '') {
  const rows = candidateRows(stats);
  const pairs = pairRows(stats);
  const winner = pairs.find(({ won }) => won);
  return html`
    <section>
      <h3>${title || say('candidates')}</h3>
      <p class="hint">${say(rows.length ? 'candidates-hint' : 'candidates-none')}</p>
      ${
        winner
          ? html`<p class="outcome good" part="winner">
              <b>${say('pair-won')}</b> <bdi class="code">${winner.local}</bdi> ↔
              <bdi class="code">${winner.remote}</bdi>
            </p>`
          : nothing
      }
      ${rows.length ? candidateTable(say, rows) : nothing}
      ${pairs.length ? pairTable(say, pairs) : nothing}
    </section>
  `;
}

function candidateTable(say: Say, rows: ReturnType<typeof candidateRows>) {
  return html`
    <table part="candidates" aria-label=${say('candidates')}>
      <thead>
        <tr>
          <th scope="col">${say('candidate-type')}</th>
          <th scope="col">${say('candidate-protocol')}</th>
          <th scope="col">${say('candidate-address')}</th>
          <th scope="col" class="number">${say('candidate-priority')}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ side, type, protocol, address, priority, won }) => html`
            <tr>
              <td>
                ${say(side === 'local' ? 'side-local' : 'side-remote')} <code>${type}</code>
                ${won ? html`<span class="tag yes">${say('won')}</span>` : nothing}
              </td>
              <td>${protocol}</td>
              <td><code>${address || say('address-hidden')}</code></td>
              <td class="number">${priority}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function pairTable(say: Say, pairs: ReturnType<typeof pairRows>) {
  return html`
    <details class="group">
      <summary>${say('pairs', { count: pairs.length })}</summary>
      <table part="pairs" aria-label=${say('pairs', { count: pairs.length })}>
        <thead>
          <tr>
            <th scope="col">${say('side-local')}</th>
            <th scope="col">${say('side-remote')}</th>
            <th scope="col">${say('pair-state')}</th>
          </tr>
        </thead>
        <tbody>
          ${pairs.map(
            ({ local, remote, state, won }) => html`
              <tr>
                <td><code>${local}</code></td>
                <td><code>${remote}</code></td>
                <td>
                  <code>${state}</code>
                  ${won ? html`<span class="tag yes">${say('won')}</span>` : nothing}
                </td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </details>
  `;
}
