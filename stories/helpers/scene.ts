import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import '../../src/define/provider.js';
import type { SessionSettings } from '../../src/core/index.js';
import { randomId } from '../../src/protocol/ids.js';
import '../stories.css';
import { devicesOf } from './people.js';
import { FRAME_RATE, Stage } from './stage.js';

/** A tag on one person's page, and what happens to it. */
export interface Scene {
  title?: string;
  note?: string;
  content: TemplateResult | ((server: string) => TemplateResult);
  /** The person who signs in, by default Ann; nobody for ''. */
  as?: string;
  settings?: Partial<SessionSettings>;
  /** Brings the tag into its state. */
  play?: (stage: Stage) => unknown;
  /** Can be shown only on a page where nobody has clicked yet. */
  untouched?: boolean;
}

/** Scenes begin one after the other, so that many in one story do not slow each other down. */
let turn: Promise<unknown> = Promise.resolve();

/** Shows a scene on a `local:` server of its own. Taken off the page, everybody signs out. */
class StoryScene extends LitElement {
  static override properties = { scene: { attribute: false } };

  scene: Scene | undefined = undefined;

  readonly #server = `local:story-${randomId()}`;
  #stage: Stage | undefined;
  #leave!: () => void;
  readonly #left = new Promise<void>((resolve) => (this.#leave = resolve));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stage?.end();
    this.#leave();
  }

  // The story's stylesheet and the accessibility check see what is inside.
  protected override createRenderRoot() {
    return this;
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    turn = turn.then(() => Promise.race([this.#play(), this.#left]));
  }

  protected override render() {
    const { title, note, content, as, settings } = this.scene!;
    return html`
      <figure class="scene">
        ${
          title
            ? html`<figcaption>
                <b>${title}</b> ${note ? html`<span>${note}</span>` : nothing}
              </figcaption>`
            : nothing
        }
        <rtc-provider
          server=${this.#server}
          .settings=${{ getUserMedia: devicesOf(as || 'Ann', FRAME_RATE), ...settings }}
        >
          ${typeof content === 'function' ? content(this.#server) : content}
        </rtc-provider>
      </figure>
    `;
  }

  async #play(): Promise<void> {
    if (!this.isConnected) return;
    const { as = 'Ann', play, title } = this.scene!;
    const provider = this.querySelector('rtc-provider')!;
    try {
      await provider.updateComplete;
      this.#stage = new Stage(provider);
      if (as) await provider.login(as);
      await play?.(this.#stage);
      this.dataset['ready'] = '';
    } catch (cause) {
      // A story that was left meanwhile ends its scenes half-way.
      if (this.isConnected)
        reportError(new Error(`${title ?? 'Scene'}: ${String(cause)}`, { cause }));
    }
  }
}

customElements.define('story-scene', StoryScene);

/** Renders a scene. */
export function scene(one: Scene): TemplateResult {
  return html`<story-scene .scene=${one}></story-scene>`;
}
