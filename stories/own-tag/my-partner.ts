import { LitElement, html } from 'lit';
import { SessionController } from '../../src/index.js';

/** Names the person this page talks with. */
class MyPartner extends LitElement {
  readonly #talk = new SessionController(this, ({ mediaCall }) => mediaCall?.state.phase);

  protected override render() {
    const call = this.#talk.session?.mediaCall;
    if (!call || call.ended) return html`<p>Nobody on the line.</p>`;
    return html`
      <p>
        ${call.name} (${call.state.phase})
        <button @click=${() => call.hangUp()}>Hang up</button>
      </p>
    `;
  }
}

customElements.define('my-partner', MyPartner);
