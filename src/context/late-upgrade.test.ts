import { expect, fixture, html } from '@open-wc/testing';
import { button, rendered, textOf } from '../../test/helpers/browser/dom.js';
import '../../test/helpers/browser/quiet-console.js';
import type { RtcLogin } from '../components/login/login.js';
import type { RtcProvider } from '../components/provider/provider.js';
import '../define/login.js';

// A page of its own: once defined, a tag stays so.
it('a provider that is defined after the tags is joined by those in it, near it and elsewhere', async () => {
  const root = await fixture(html`
    <div>
      <rtc-provider id="first" server="local:${crypto.randomUUID()}">
        <rtc-login id="inside"></rtc-login>
      </rtc-provider>
      <rtc-provider id="second" server="local:${crypto.randomUUID()}">
        <rtc-login id="other"></rtc-login>
      </rtc-provider>
      <rtc-login id="named" provider="second"></rtc-login>
      <rtc-login id="outside"></rtc-login>
    </div>
  `);
  const logins = [...root.querySelectorAll<RtcLogin>('rtc-login')];
  await rendered(root);
  expect(customElements.get('rtc-provider')).to.equal(undefined);
  for (const login of logins) {
    expect(login.session === undefined).to.equal(true);
    expect(button(login, 'Sign in').disabled).to.equal(true);
  }

  await import('../define/provider.js');
  await rendered(root);
  const [first, second] = [...root.querySelectorAll<RtcProvider>('rtc-provider')] as [
    RtcProvider,
    RtcProvider,
  ];
  const joined = logins.map(({ id, session }) => [
    id,
    session === first.session ? 'first' : session === second.session ? 'second' : 'none',
  ]);
  expect(joined).to.deep.equal([
    ['inside', 'first'],
    ['other', 'second'],
    ['named', 'second'],
    ['outside', 'first'],
  ]);

  await first.login('Alice');
  await rendered(root);
  expect(logins.map((login) => textOf(login).includes('Signed in as Alice'))).to.deep.equal([
    true,
    false,
    false,
    true,
  ]);
});
