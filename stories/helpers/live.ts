import { LitElement, html, type TemplateResult } from 'lit';
import '../../src/define/provider.js';
import { randomId } from '../../src/protocol/ids.js';
import '../stories.css';
import { devicesOf } from './people.js';

export interface LiveStory {
  /** Things to try. */
  hint: string;
  /** The content of Ann's page. */
  ann: TemplateResult;
  /** The content of Bob's page. */
  bob: TemplateResult;
  /** False where the tags themselves sign in. */
  signIn?: boolean;
}

/** Two people side by side, signed in, on a `local:` server of their own. */
class StoryLive extends LitElement {
  static override properties = { story: { attribute: false } };

  story: LiveStory | undefined = undefined;

  readonly #server = `local:story-${randomId()}`;

  protected override createRenderRoot() {
    return this;
  }

  protected override firstUpdated(): void {
    if (this.story!.signIn === false) return;
    for (const provider of this.querySelectorAll('rtc-provider')) {
      provider.login(provider.dataset['name']!).catch((error: unknown) => {
        if (this.isConnected) reportError(error);
      });
    }
  }

  protected override render() {
    const { hint, ann, bob } = this.story!;
    return html`
      <p class="hint">${hint}</p>
      <div class="parties">${this.#party('Ann', ann)} ${this.#party('Bob', bob)}</div>
    `;
  }

  #party(name: string, content: TemplateResult) {
    return html`
      <section class="party" aria-label="${name}’s page">
        <p class="name">${name}</p>
        <rtc-provider
          server=${this.#server}
          data-name=${name}
          .settings=${{ getUserMedia: devicesOf(name) }}
        >
          ${content}
        </rtc-provider>
      </section>
    `;
  }
}

customElements.define('story-live', StoryLive);

/** Ann and Bob, each with a synthetic camera and microphone. */
export function live(story: LiveStory): TemplateResult {
  return html`<story-live .story=${story}></story-live>`;
}
