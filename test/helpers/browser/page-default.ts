import { expect, fixture, html } from '@open-wc/testing';
import type { RtcLogin } from '../../../src/components/login/login.js';
import '../../../src/define/login.js';
import '../../../src/define/provider.js';
import { rendered } from './dom.js';
import { expectSame, ownServer, recordEvents, typesOf } from './people.js';

/**
 * Tests that a page which says its server by `tag` needs no provider. For a page of its own: its
 * session lives as long as the page.
 *
 * @param tag makes the element that says it
 */
export function testsOfPageDefault(tag: (server: string) => HTMLElement): void {
  it('is one session for all tags of a page that has no provider', async () => {
    const said = tag(ownServer());
    document.head.append(said);
    const events = recordEvents(document);
    const root = await fixture(html`
      <div>
        <section><rtc-login></rtc-login></section>
        <section><rtc-login></rtc-login></section>
      </div>
    `);
    await rendered(root);
    const [one, other] = [...root.querySelectorAll<RtcLogin>('rtc-login')] as [RtcLogin, RtcLogin];
    expectSame(!!one.session, true);
    expectSame(one.session, other.session);

    await one.session!.login('Alice');
    expect(typesOf(events)).to.deep.equal(['rtc-login']);
    expectSame(events[0]!.target, document);

    // A provider that comes is the default from then on.
    const own = one.session;
    const provider = document.createElement('rtc-provider');
    provider.server = ownServer();
    root.append(provider);
    await rendered(root);
    expectSame(one.session, provider.session);
    provider.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expectSame(one.session, own);
    own!.logout();
    said.remove();
  });
}
