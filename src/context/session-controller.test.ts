import { expect, fixture } from '@open-wc/testing';
import { LitElement, html } from 'lit';
import { rendered } from '../../test/helpers/browser/dom.js';
import { elsewhere, expectSame, inPage, ring } from '../../test/helpers/browser/people.js';
import { SessionController } from './session-controller.js';
import type { PageSession } from './page-session.js';

/** A tag that a page author writes without the kit's base class. */
class OwnTag extends LitElement {
  renders = 0;
  select: (session: PageSession) => unknown = (session) => session.mediaCall?.state.phase;
  readonly controller = new SessionController(this, (session) => this.select(session));

  protected override render() {
    this.renders++;
    return html`${String(this.controller.selected)}`;
  }
}
customElements.define('own-tag', OwnTag);

/** A tag that holds another in its shadow root. */
class OwnFrame extends LitElement {
  protected override render() {
    return html`<own-tag></own-tag>`;
  }
}
customElements.define('own-frame', OwnFrame);

const own = (root: ParentNode) => root.querySelector<OwnTag>('own-tag')!;

describe('SessionController', () => {
  it('finds the session of the nearest provider, through shadow roots too', async () => {
    const alice = await inPage('Alice', html`<own-frame></own-frame>`);
    const frame = alice.provider.querySelector<OwnFrame>('own-frame')!;
    await rendered(frame);
    expectSame(own(frame.shadowRoot!).controller.session, alice.session);
  });

  it('finds the session of the provider that an attribute names, and another when it changes', async () => {
    const [alice, bob] = [await inPage('Alice', html``), await inPage('Bob', html``)];
    alice.provider.id = 'a';
    bob.provider.id = 'b';
    const tag = await fixture<OwnTag>(html`<own-tag provider="b"></own-tag>`);
    expectSame(tag.controller.session, bob.session);
    tag.setAttribute('provider', 'a');
    tag.requestUpdate();
    await rendered(tag);
    expectSame(tag.controller.session, alice.session);
  });

  it('finds the session of the first provider of the page, and none once it is removed', async () => {
    const alice = await inPage('Alice', html``);
    const tag = await fixture<OwnTag>(html`<own-tag></own-tag>`);
    expectSame(tag.controller.session, alice.session);
    alice.provider.remove();
    await new Promise((resolve) => setTimeout(resolve));
    await rendered(tag);
    expectSame(tag.controller.session, undefined);
    expect(tag.controller.selected).to.equal(undefined);
  });

  it('requests an update only when the selected slice changes', async () => {
    const alice = await inPage('Alice', html`<own-tag></own-tag>`);
    const tag = own(alice.provider);
    const bob = await elsewhere('Bob', { server: alice.server });
    await rendered(tag);
    const before = tag.renders;
    let changes = 0;
    alice.session.subscribe(() => changes++);
    const [outgoing] = await ring(alice, bob, 'voice');
    await rendered(tag);
    expect(tag.shadowRoot!.textContent).to.equal('ringing');
    expect(changes).to.be.greaterThan(1);
    expect(tag.renders).to.equal(before + 1);
    outgoing.hangUp();
    await rendered(tag);
    expect(tag.shadowRoot!.textContent).to.equal('ended');
    expect(tag.renders).to.equal(before + 2);
  });

  for (const [what, select] of [
    ['a list of the same items', ({ state }: PageSession) => [state.signaling.name]],
    ['an object with the same fields', ({ state }: PageSession) => ({ is: state.signaling.name })],
  ] as const) {
    it(`requests no update for ${what}`, async () => {
      const alice = await inPage('Alice', html`<own-tag .select=${select}></own-tag>`);
      const tag = own(alice.provider);
      await rendered(tag);
      const before = tag.renders;
      alice.session.call('Bob', 'chat');
      await rendered(tag);
      expect(tag.renders).to.equal(before);
    });
  }
});
