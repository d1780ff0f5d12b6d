import { LitElement, html, type TemplateResult } from 'lit';
import type { RtcCallEndEvent } from '../../src/index.js';

const names = [
  'rtc-login',
  'rtc-logout',
  'rtc-call-incoming',
  'rtc-call-start',
  'rtc-call-end',
  'rtc-message',
  'rtc-error',
];

/** Lists the events of the provider around it, as a page's script hears them. */
class StoryLog extends LitElement {
  static override properties = { lines: { state: true } };

  private lines: readonly string[] = [];
  #provider: Element | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#provider = this.closest('rtc-provider');
    for (const name of names) this.#provider?.addEventListener(name, this.#onEvent);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const name of names) this.#provider?.removeEventListener(name, this.#onEvent);
  }

  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return html`<pre class="log" tabindex="0" aria-label="Events">
${this.lines.join('\n') || 'No event yet.'}</pre>`;
  }

  #onEvent = (event: Event): void => {
    // Each kind of event has some of these.
    const { name, code, call, reason, from, text } = event as Partial<
      RtcCallEndEvent & Record<'name' | 'code' | 'from' | 'text', string>
    >;
    const details = [name, code, call?.kind, call?.name, reason, from, text];
    this.lines = [...this.lines, [event.type, ...details.filter(Boolean)].join('  ')];
  };
}

customElements.define('story-log', StoryLog);

export function eventLog(): TemplateResult {
  return html`<story-log></story-log>`;
}
