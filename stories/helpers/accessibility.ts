import { html, nothing, type TemplateResult } from 'lit';
import { scene, type Scene } from './scene.js';

export interface AccessibilityFacts {
  /** The tag to try it on. */
  scene: Scene;
  /** Key, and what it does. */
  keys?: readonly (readonly [key: string, does: string])[];
  /** Role, name, and what it is. */
  roles?: readonly (readonly [role: string, name: string, is?: string])[];
  /** Role of a live region, and what is said there. */
  regions?: readonly (readonly [role: string, says: string])[];
  notes?: readonly string[];
}

/** A tag beside what keyboards and assistive technology find in it. */
export function accessibility(facts: AccessibilityFacts): TemplateResult {
  const { keys = [], roles = [], regions = [], notes = [] } = facts;
  return html`
    <div class="accessibility">
      ${scene(facts.scene)}
      <div class="facts">
        ${table('Keyboard', ['Key', 'Does'], keys)}
        ${table('Roles and names', ['Role', 'Name', 'Is'], roles)}
        ${table('Live regions', ['Role', 'Says'], regions)}
        ${
          notes.length
            ? html`<ul>
                ${notes.map((note) => html`<li>${note}</li>`)}
              </ul>`
            : nothing
        }
      </div>
    </div>
  `;
}

function table(
  title: string,
  columns: string[],
  rows: readonly (readonly (string | undefined)[])[],
) {
  if (!rows.length) return nothing;
  return html`
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${columns.map((_, index) => html`<td>${row[index] ?? ''}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}
