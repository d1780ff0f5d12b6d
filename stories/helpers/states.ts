import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { scene, type Scene } from './scene.js';

/**
 * Scenes side by side. Before a person has done something on a page, browsers play no sound
 * there: scenes with sound then wait for a click, and only now can be seen what that looks like.
 */
class StoryStates extends LitElement {
  static override properties = {
    scenes: { attribute: false },
    sound: { type: Boolean },
    started: { state: true },
  };

  scenes: readonly Scene[] = [];
  sound = false;

  readonly #untouched = !navigator.userActivation.hasBeenActive;
  private started = !this.#untouched;

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { scenes, sound, started } = this;
    const waits = sound && !started;
    return html`
      ${
        waits
          ? html`<p class="gate">
              These states have sound, which a browser plays only after a click.
              <button @click=${() => (this.started = true)}>Show the states</button>
            </p>`
          : nothing
      }
      <div class="states">
        ${scenes.map((one) => {
          if (one.untouched) return this.#untouched ? scene(one) : missing(one);
          return waits ? nothing : scene(one);
        })}
      </div>
    `;
  }
}

customElements.define('story-states', StoryStates);

/** @param sound whether some of the scenes play sound */
export function states(scenes: readonly Scene[], sound = false): TemplateResult {
  return html`<story-states .scenes=${scenes} ?sound=${sound}></story-states>`;
}

function missing({ title }: Scene): TemplateResult {
  return html`
    <figure class="scene">
      <figcaption>
        <b>${title}</b>
        <span>
          Open this story in a tab of its own (“Open canvas in new tab”) to see it: it can be shown
          only on a page where nobody has clicked yet.
        </span>
      </figcaption>
    </figure>
  `;
}
