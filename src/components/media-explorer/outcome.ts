import { html, nothing } from 'lit';

/** The result of the last method called. */
export interface Outcome {
  call: string;
  text: string;
  /** Code of what went wrong, where there are words for it. */
  code?: string;
  failed?: boolean;
}

/** @param words gives the words for a code */
export function outcomeView(outcome: Outcome | undefined, words: (code: string) => string) {
  return html`
    <div role="status">
      ${
        outcome
          ? html`<div class="outcome ${outcome.failed ? 'bad' : ''}" part="result">
              <p><code>${outcome.call}</code></p>
              ${outcome.code ? html`<p>${words(outcome.code)}</p>` : nothing}
              <p class="code" dir="ltr">
                ${outcome.text.split('\n').map((line) => html`${line}<br />`)}
              </p>
            </div>`
          : nothing
      }
    </div>
  `;
}
