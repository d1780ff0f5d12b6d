import { html, nothing } from 'lit';
import type { Say } from '../../explorers/explorer-words.js';
import type { ExplorerKey } from '../../localize/explorers.js';

/** Explains each step: with both ends on the page, for the caller, and for the callee. */
export const hints = {
  alone: [
    ...(['step-0', 'step-1', 'step-2', 'step-3', 'step-4'] as const),
    ...(['step-5', 'step-6', 'step-7', 'step-8'] as const),
  ],
  outgoing: ['caller-0', 'caller-1', 'caller-2', 'step-8'],
  incoming: ['callee-0', 'callee-1', 'step-8'],
} as const satisfies Record<string, readonly ExplorerKey[]>;

/** Steps to connect in, and how far they have been taken. */
export interface Steps {
  names: readonly string[];
  hints: readonly ExplorerKey[];
  done: number;
  /** Begun, and not at its end. */
  under: boolean;
}

/** The list of steps: which are done, which is next, what each is for. */
export function stepList(say: Say, { names, hints, done, under }: Steps) {
  return html`
    <details class="group" ?open=${under}>
      <summary>${say('steps', { count: names.length })}</summary>
      <ol part="steps">
        ${names.map(
          (name, index) => html`
            <li
              class=${index < done ? 'done' : ''}
              aria-current=${index === done && under ? 'step' : nothing}
            >
              <div>
                <code>${name}</code>
                <p class="hint">${say(hints[index]!)}</p>
              </div>
            </li>
          `,
        )}
      </ol>
    </details>
  `;
}
