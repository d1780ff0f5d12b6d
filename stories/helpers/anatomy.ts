import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { factsOf } from './manifest.js';
import { scene, type Scene } from './scene.js';

/** How often the marks follow what they mark, in milliseconds. */
const FOLLOW = 250;

/** Outlines the parts of a tag, and says what it can be styled and filled with. */
class StoryAnatomy extends LitElement {
  static override properties = { tag: {}, scenes: { attribute: false } };

  tag = '';
  scenes: readonly Scene[] = [];

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.#mark(), FOLLOW);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { slots, cssParts, cssProperties, cssStates, events } = factsOf(this.tag);
    return html`
      <div class="anatomy">
        <div class="states">${this.scenes.map(scene)}</div>
        <div class="marks" aria-hidden="true"></div>
        <dl class="legend">
          ${facts('Slots', slots, ({ name }) => name || '(default)')}
          ${facts('Parts', cssParts, ({ name }) => `::part(${name})`, true)}
          ${facts('States', cssStates, ({ name }) => `:state(${name})`)}
          ${facts('Events', events, ({ name }) => name)} ${tokens(cssProperties)}
        </dl>
      </div>
    `;
  }

  /** Puts a numbered frame around each part that is on the page right now. */
  #mark(): void {
    const marks = this.querySelector<HTMLElement>('.marks')!;
    const origin = marks.getBoundingClientRect();
    const frames: HTMLElement[] = [];
    factsOf(this.tag).cssParts.forEach(({ name }, index) => {
      for (const element of this.querySelectorAll(this.tag)) {
        for (const part of elementsOf(element, name)) {
          const box = part.getBoundingClientRect();
          // A part that is hidden, or only for screen readers, gets no frame.
          if (box.width > 2 && box.height > 2) frames.push(frame(index, box, origin));
        }
      }
    });
    marks.replaceChildren(...frames);
  }
}

customElements.define('story-anatomy', StoryAnatomy);

/** @param scenes the tag in as many states as it takes to see all its parts */
export function anatomy(tag: string, scenes: readonly Scene[]): TemplateResult {
  return html`<story-anatomy tag=${tag} .scenes=${scenes}></story-anatomy>`;
}

interface Fact {
  name: string;
  description?: string;
}

function facts(title: string, all: Fact[], code: (fact: Fact) => string, numbered = false) {
  if (!all.length) return nothing;
  return html`
    <dt>${title}</dt>
    ${all.map(
      (fact, index) => html`
        <dd>
          ${numbered ? html`<span class="number colour-${index % 5}">${index + 1}</span>` : nothing}
          <code>${code(fact)}</code> ${fact.description}
        </dd>
      `,
    )}
  `;
}

function tokens(all: Fact[]) {
  if (!all.length) return nothing;
  return html`<dt>Tokens</dt>
    <dd>${all.map(({ name }) => html`<code>${name}</code> `)}</dd>`;
}

/** The elements that `::part(name)` reaches: in the tag itself, and in its parts that export it. */
function elementsOf(tag: Element, name: string): Element[] {
  const { shadowRoot } = tag;
  if (!shadowRoot) return [];
  const exported = [...shadowRoot.querySelectorAll('[exportparts]')].flatMap((part) => {
    const names = part
      .getAttribute('exportparts')!
      .split(',')
      .map((pair) => pair.split(':'));
    const inner = names.find((pair) => pair.at(-1)!.trim() === name)?.[0];
    return inner ? elementsOf(part, inner.trim()) : [];
  });
  return [...shadowRoot.querySelectorAll(`[part~='${name}']`), ...exported];
}

function frame(index: number, box: DOMRect, origin: DOMRect): HTMLElement {
  const mark = document.createElement('div');
  mark.className = `mark colour-${index % 5}`;
  mark.style.left = `${box.left - origin.left}px`;
  mark.style.top = `${box.top - origin.top}px`;
  mark.style.width = `${box.width}px`;
  mark.style.height = `${box.height}px`;
  const number = document.createElement('span');
  number.className = 'number';
  number.textContent = String(index + 1);
  mark.append(number);
  return mark;
}
