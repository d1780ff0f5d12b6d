import { expect, fixture, html } from '@open-wc/testing';
import { expectAccessible } from '../../../test/helpers/browser/accessible.js';
import {
  allByRole,
  button,
  byRole,
  focused,
  rendered,
  textOf,
} from '../../../test/helpers/browser/dom.js';
import { press, type } from '../../../test/helpers/browser/keyboard.js';
import { listenTo, spoken } from '../../../test/helpers/browser/live-region.js';
import { testsOfLooks } from '../../../test/helpers/browser/looks.js';
import { PageServer } from '../../../test/helpers/browser/page-server.js';
import {
  elsewhere,
  expectSame,
  inPage,
  ownServer,
  typesOf,
  type Resident,
} from '../../../test/helpers/browser/people.js';
import { next, until } from '../../../test/helpers/browser/until.js';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import type { RtcTokenExpiringEvent } from '../../events/token-expiring-event.js';
import { Refusal } from '../../hub/refusal.js';
import type { RtcLogin } from './login.js';
import '../../define/login.js';

async function signedOut(server?: string, content = html`<rtc-login></rtc-login>`) {
  const alice = await inPage('Alice', content, { signIn: false, server });
  const login = alice.tag('rtc-login');
  await rendered(login);
  return { alice, login };
}

const field = (login: RtcLogin) => byRole<HTMLInputElement>(login, 'textbox', 'Username');
const problem = (login: RtcLogin) => login.renderRoot.querySelector('[role="alert"]')!;
const status = ({ session }: Resident) => session.signaling.state.status;

/** Waits for the session to be in this status, and for the tag to show it. */
async function shows(alice: Resident, wanted: string): Promise<void> {
  await until(alice.session, () => status(alice) === wanted);
  await rendered(alice.tag('rtc-login'));
}

/** Types a name and presses Enter. */
async function signIn(login: RtcLogin, name: string): Promise<void> {
  const input = field(login);
  input.focus();
  input.select();
  await type(name);
  await press('Enter');
}

/** Waits until the tag says what is wrong. */
async function complains(login: RtcLogin): Promise<void> {
  await spoken(problem(login));
  await rendered(login);
}

describe('rtc-login, signed out', () => {
  it('asks for a username', async () => {
    const { login } = await signedOut();
    expect(field(login)).to.include({ value: '', required: true, autocomplete: 'username' });
    expect(button(login, 'Sign in').disabled).to.equal(false);
    expect(allByRole(login, 'alert').map((alert) => alert.textContent.trim())).to.deep.equal([]);
    await expectAccessible(login);
  });

  it('begins with the name that its attribute says', async () => {
    const { login } = await signedOut(undefined, html`<rtc-login name="Zoë"></rtc-login>`);
    expect(field(login).value).to.equal('Zoë');
  });

  it('says that there is no server in a page without a provider', async () => {
    const login = await fixture<RtcLogin>(html`<rtc-login></rtc-login>`);
    await new Promise((resolve) => setTimeout(resolve));
    await rendered(login);
    expect(textOf(login)).to.contain('No server: the page needs an rtc-provider.');
    expect(button(login, 'Sign in').disabled).to.equal(true);
    await expectAccessible(login);
  });
});

describe('rtc-login, signing in', () => {
  it('says so, and cannot be pressed twice', async () => {
    const server = new PageServer();
    server.mode = 'silent';
    const { alice, login } = await signedOut(server.url);
    await signIn(login, 'Alice');
    await shows(alice, 'signing-in');
    expect(button(login, 'Signing in…').disabled).to.equal(true);
    await press('Enter');
    expect(status(alice)).to.equal('signing-in');
    await expectAccessible(login);
  });

  it('works with Tab, typing and Enter alone, and takes the focus along', async () => {
    const { alice, login } = await signedOut();
    await press('Tab');
    expectSame(focused(), field(login));
    await type('Alice');
    await press('Tab');
    expectSame(focused(), button(login, 'Sign in'));
    await press('Enter');
    await shows(alice, 'signed-in');
    await until(login, () => focused()?.textContent.trim() === 'Sign out', 'focusin');
    expectSame(focused(), button(login, 'Sign out'));
    await press('Enter');
    await shows(alice, 'signed-out');
    await login.updateComplete;
    expectSame(focused(), field(login));
  });

  it('works with a click', async () => {
    const { alice, login } = await signedOut();
    field(login).value = 'Alice';
    button(login, 'Sign in').click();
    await shows(alice, 'signed-in');
  });

  it('is told to the page once', async () => {
    const { alice, login } = await signedOut();
    await signIn(login, 'Alice');
    await shows(alice, 'signed-in');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-logout']);
  });

  it('happens by itself, once, where the page says so', async () => {
    const content = html`<rtc-login name="Alice" auto></rtc-login>`;
    const { alice, login } = await signedOut(undefined, content);
    await shows(alice, 'signed-in');
    expect(focused()).to.equal(document.body);
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(field(login).value).to.equal('Alice');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login', 'rtc-logout']);
  });

  it('happens by itself as soon as a name that is taken is free', async () => {
    const bob = await elsewhere('Alice');
    const clock = new FakeClock();
    const alice = await inPage('Alice', html`<rtc-login name="Alice" auto></rtc-login>`, {
      signIn: false,
      server: bob.server,
      settings: { clock },
    });
    const login = alice.tag('rtc-login');
    await complains(login);
    expect(textOf(problem(login))).to.contain('try a different username. Trying again…');
    await expectAccessible(login);
    bob.session.logout();
    await until(bob.session, () => bob.session.state.signaling.status === 'signed-out');
    await clock.advance(500);
    await shows(alice, 'signed-in');
    // Told to sign out, it does not come back.
    alice.provider.logout();
    await shows(alice, 'signed-out');
    await clock.advance(60_000);
    expect(status(alice)).to.equal('signed-out');
  });

  it('happens by itself as soon as the server can be reached', async () => {
    const server = new PageServer();
    server.mode = 'down';
    const clock = new FakeClock();
    const alice = await inPage('Alice', html`<rtc-login name="Alice" auto></rtc-login>`, {
      signIn: false,
      server: server.url,
      settings: { clock },
    });
    await complains(alice.tag('rtc-login'));
    server.mode = 'up';
    dispatchEvent(new Event('online'));
    await shows(alice, 'signed-in');
  });

  it('no longer happens by itself once a person has typed another name', async () => {
    const bob = await elsewhere('Alice');
    const clock = new FakeClock();
    const alice = await inPage('Alice', html`<rtc-login name="Alice" auto></rtc-login>`, {
      signIn: false,
      server: bob.server,
      settings: { clock, heartbeat: Infinity },
    });
    const login = alice.tag('rtc-login');
    await complains(login);
    await signIn(login, 'Alina');
    await shows(alice, 'signed-in');
    bob.session.logout();
    await clock.advance(60_000);
    expect(textOf(login)).to.contain('Signed in as Alina');
  });

  it('does not happen by itself without a name', async () => {
    const { alice } = await signedOut(undefined, html`<rtc-login auto></rtc-login>`);
    expect(status(alice)).to.equal('signed-out');
    expect(alice.events).to.deep.equal([]);
  });
});

describe('rtc-login, signed in', () => {
  it('says as whom, in the words of the server', async () => {
    const { alice, login } = await signedOut();
    await signIn(login, '  Alice ');
    await shows(alice, 'signed-in');
    expect(textOf(byRole(login, 'status', ''))).to.equal('Signed in as Alice');
    expect(allByRole(login, 'textbox')).to.deep.equal([]);
    await expectAccessible(login);
  });

  it('leaves the focus where it is when the page has signed in', async () => {
    const { alice, login } = await signedOut();
    await alice.provider.login('Alice');
    await rendered(login);
    expect(textOf(login)).to.contain('Signed in as Alice');
    expect(focused()).to.equal(document.body);
  });

  it('remembers nothing', async () => {
    const { alice, login } = await signedOut();
    await signIn(login, 'Alice');
    await shows(alice, 'signed-in');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(field(login).value).to.equal('');
    expect([localStorage.length, sessionStorage.length, document.cookie]).to.deep.equal([0, 0, '']);
  });

  it('shows a name of another direction without turning its own words around', async () => {
    const { alice, login } = await signedOut();
    await signIn(login, 'محمد');
    await shows(alice, 'signed-in');
    expect(textOf(login)).to.contain('Signed in as محمد');
    await expectAccessible(login);
  });
});

describe('rtc-login, reconnecting', () => {
  it('says so, and one can still sign out', async () => {
    const server = new PageServer();
    const clock = new FakeClock();
    const content = html`<rtc-login></rtc-login>`;
    const alice = await inPage('Alice', content, { server: server.url, settings: { clock } });
    const login = alice.tag('rtc-login');
    await rendered(login);
    const said = listenTo(byRole(login, 'status', ''));
    server.drop();
    await shows(alice, 'reconnecting');
    await expectAccessible(login);
    await clock.advance(0);
    await shows(alice, 'signed-in');
    expect(said).to.deep.equal(['Reconnecting…', 'Signed in as Alice']);
    server.drop();
    await shows(alice, 'reconnecting');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(clock.waiting).to.equal(0);
  });
});

describe('rtc-login, refused', () => {
  async function refused(name: string, circumstances: { taken?: boolean; down?: boolean } = {}) {
    const server = new PageServer();
    if (circumstances.taken) await elsewhere(name, { server: server.url });
    if (circumstances.down) server.mode = 'down';
    const { alice, login } = await signedOut(server.url);
    const said = listenTo(problem(login));
    await signIn(login, name);
    await complains(login);
    return { alice, login, said, server };
  }

  it('as the name is taken, says so once and stays where one can type another', async () => {
    const { alice, login, said } = await refused('Alice', { taken: true });
    expect(said).to.deep.equal(['This name is taken: try a different username.']);
    await until(login, () => focused() === field(login), 'focusin');
    const input = field(login);
    expect(input.value).to.equal('Alice');
    expect(input.getAttribute('aria-invalid')).to.equal('true');
    expectSame(input.ariaDescribedByElements?.[0], problem(login));
    expect(typesOf(alice.events)).to.deep.equal(['rtc-error']);
    await expectAccessible(login);

    await signIn(login, 'Alicia');
    await shows(alice, 'signed-in');
    expect(textOf(login)).to.contain('Signed in as Alicia');
  });

  it('as it is no name', async () => {
    const { login, said } = await refused(' ');
    expect(said).to.deep.equal(['A username has 1 to 64 characters that can be seen.']);
    await expectAccessible(login);
  });

  it('as the server cannot be reached', async () => {
    const { login, said } = await refused('Alice', { down: true });
    expect(said).to.deep.equal(['The server cannot be reached. Try again in a moment.']);
    await expectAccessible(login);
  });

  it('forgets the refusal once it has worked', async () => {
    const { alice, login, server } = await refused('Alice', { down: true });
    server.mode = 'up';
    await signIn(login, 'Alice');
    await shows(alice, 'signed-in');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(problem(login).checkVisibility()).to.equal(false);
  });

  it('where it is to happen by itself', async () => {
    const bob = await elsewhere('Alice');
    const content = html`<rtc-login name="Alice" auto></rtc-login>`;
    const { login } = await signedOut(bob.server, content);
    await complains(login);
    expect(textOf(login)).to.contain('try a different username');
  });

  it('later on, as the session goes elsewhere', async () => {
    const server = new PageServer();
    const { alice, login } = await signedOut(server.url);
    await signIn(login, 'Alice');
    await shows(alice, 'signed-in');
    server.drop(4001);
    await shows(alice, 'signed-out');
    expect(textOf(problem(login))).to.equal('You are signed in somewhere else now.');
    await expectAccessible(login);
  });
});

describe('rtc-login', () => {
  it('has the parts that it promises', async () => {
    const { alice, login } = await signedOut();
    const parts = () =>
      [...login.renderRoot.querySelectorAll('[part]')].map(({ part }) => part.value);
    expect(parts()).to.deep.equal(['form', 'error']);
    await alice.provider.login('Alice');
    await rendered(login);
    expect(parts()).to.deep.equal(['status']);
  });

  it('speaks the language of its place', async () => {
    const content = html`<div lang="de-AT"><rtc-login></rtc-login></div>`;
    const { login } = await signedOut(undefined, content);
    const german = () => login.shadowRoot!.textContent.includes('Benutzername');
    if (!german()) {
      const { languages } = await import('../../localize/languages.js');
      await next(languages, 'change');
      await rendered(login);
    }
    byRole(login, 'textbox', 'Benutzername');
    byRole(login, 'button', 'Anmelden');
    await expectAccessible(login);
  });

  describe('signed out, with a problem', () =>
    testsOfLooks(async () => {
      const server = new PageServer();
      server.mode = 'down';
      const { alice, login } = await signedOut(server.url);
      await alice.provider.login('Alice').catch(() => {});
      return login;
    }));

  describe('signed in, with a long name', () =>
    testsOfLooks(async () => {
      const { alice, login } = await signedOut(ownServer());
      await alice.provider.login('W'.repeat(64));
      return login;
    }));
});

/** A server that lets in with the password "correct", or with the token `NAME SECONDS`. */
function strictServer(clock = new FakeClock()) {
  const start = Date.now();
  let tell: (key: string) => void = () => {};
  const server = new PageServer({
    clock,
    date: () => start + clock.now(),
    admission: {
      admit: ({ name, password, token }) => {
        if (token !== undefined) {
          const [of = '', seconds] = token.split(' ');
          if (!seconds) throw new Refusal('token-invalid', 'No token');
          return { name: of, until: start + Number(seconds) * 1000 };
        }
        if (password === undefined) throw new Refusal('password-needed', 'Password, please');
        if (password === 'again') throw new Refusal('too-many-attempts', 'Later', undefined, 8);
        if (password !== 'correct') throw new Refusal('wrong-password', 'Wrong');
        return { name: name! };
      },
      knows: () => true,
      watch: (listener) => {
        tell = listener;
        return () => {};
      },
    },
  });
  return { server, clock, changeAccount: (name: string) => tell(name.toLowerCase()) };
}

const passwordField = (login: RtcLogin) =>
  login.renderRoot.querySelector<HTMLInputElement>('[type="password"]')!;

/** Waits until something is so of what the tag shows. */
const changes = (login: RtcLogin, look: () => unknown) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (!look()) return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(check);
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    observer.observe(login.shadowRoot!, all);
    check();
  });

/** Signs in by name, and waits until the server asks for a password. */
async function askedForPassword(content = html`<rtc-login></rtc-login>`) {
  const { server, ...rest } = strictServer();
  const { alice, login } = await signedOut(server.url, content);
  await signIn(login, 'Alice');
  await until(login.renderRoot, () => focused() === passwordField(login), 'focusin');
  return { server, alice, login, ...rest };
}

async function enter(password: string): Promise<void> {
  await type(password);
  await press('Enter');
}

describe('rtc-login, where the server wants a password', () => {
  it('asks for it when that is said, and takes the focus there', async () => {
    const { alice, login } = await askedForPassword();
    const input = passwordField(login);
    expect(input.autocomplete).to.equal('current-password');
    expect(input.computedName).to.equal('Password');
    expect(field(login).value).to.equal('Alice');
    expect(field(login).getAttribute('aria-invalid')).to.equal('false');
    await spoken(problem(login));
    expect(textOf(problem(login))).to.equal('Sign in with your password, please.');
    await expectAccessible(login);
    await enter('correct');
    await shows(alice, 'signed-in');
  });

  it('asks for none where it wants none', async () => {
    const { alice, login } = await signedOut();
    await signIn(login, 'Alice');
    await shows(alice, 'signed-in');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    expect(passwordField(login)).to.equal(null);
  });

  it('asks at once where the page says so', async () => {
    const { server } = strictServer();
    const content = html`<rtc-login password></rtc-login>`;
    const { alice, login } = await signedOut(server.url, content);
    await changes(login, () => passwordField(login));
    field(login).focus();
    await type('Alice');
    await press('Tab');
    expectSame(focused(), passwordField(login));
    await enter('correct');
    await shows(alice, 'signed-in');
    expect(typesOf(alice.events)).to.deep.equal(['rtc-login']);
  });

  it('says that it is wrong, forgets it, and stays where one can type it again', async () => {
    const { alice, login } = await askedForPassword();
    const said = listenTo(problem(login));
    await enter('wrong');
    expect(passwordField(login).value).to.equal('');
    await changes(login, () => textOf(problem(login)) === 'Username or password is wrong.');
    expect(said).to.include('Username or password is wrong.');
    await until(login.renderRoot, () => focused() === passwordField(login), 'focusin');
    expect(passwordField(login).getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(login);
    await enter('correct');
    await shows(alice, 'signed-in');
  });

  it('says when to try again', async () => {
    const { login } = await askedForPassword();
    await enter('again');
    await changes(login, () => textOf(problem(login)).includes('Try again in 8 s'));
    await expectAccessible(login);
  });

  it('keeps it nowhere, and needs it no more when the connection was lost', async () => {
    const { server, alice, login, clock } = await askedForPassword();
    await enter('correct');
    await shows(alice, 'signed-in');
    expect(login.shadowRoot!.innerHTML).not.to.contain('correct');
    server.drop();
    await until(alice.session, () => status(alice) === 'signed-in' && server.connections === 1);
    await clock.advance(0);
    const logins = server.received.filter(({ type }) => type === 'login');
    expect(logins.map(({ password }) => password)).to.deep.equal([undefined, 'correct', undefined]);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain('correct');
  });

  it('asks to sign in again when the server has forgotten the session', async () => {
    const { server, alice, login } = await askedForPassword();
    await enter('correct');
    await shows(alice, 'signed-in');
    server.restart();
    await shows(alice, 'signed-out');
    expect(textOf(problem(login))).to.equal('Sign in with your password, please.');
    expect(passwordField(login).value).to.equal('');
    await expectAccessible(login);
  });

  it('says that the account has changed', async () => {
    const { alice, login, changeAccount } = await askedForPassword();
    await enter('correct');
    await shows(alice, 'signed-in');
    changeAccount('Alice');
    await shows(alice, 'signed-out');
    expect(textOf(problem(login))).to.contain('Your account has changed.');
  });
});

describe('rtc-login, with a token', () => {
  it('signs in whom it names, and asks for nothing', async () => {
    const { server } = strictServer();
    const content = html`<rtc-login token="Zoë 100"></rtc-login>`;
    const { alice, login } = await signedOut(server.url, content);
    expect(allByRole(login, 'textbox')).to.deep.equal([]);
    await expectAccessible(login);
    button(login, 'Sign in').click();
    await shows(alice, 'signed-in');
    expect(textOf(login)).to.contain('Signed in as Zoë');
  });

  it('does so by itself, also with one that comes later, and once', async () => {
    const { server } = strictServer();
    const content = html`<rtc-login auto></rtc-login>`;
    const { alice, login } = await signedOut(server.url, content);
    login.token = 'Alice 100';
    await shows(alice, 'signed-in');
    button(login, 'Sign out').click();
    await shows(alice, 'signed-out');
    login.token = 'Alice 200';
    await rendered(login);
    expect(status(alice)).to.equal('signed-out');
  });

  it('tells the page when it ends, and goes on with a fresh one', async () => {
    const { server, clock } = strictServer();
    const content = html`<rtc-login auto token="Alice 100"></rtc-login>`;
    const { alice, login } = await signedOut(server.url, content);
    await shows(alice, 'signed-in');
    await clock.advance(40_000);
    const { seconds } = (await until(alice.provider, () =>
      alice.events.find(({ type }) => type === 'rtc-token-expiring'),
    )) as RtcTokenExpiringEvent;
    expect(seconds).to.equal(60);
    const answered = next(alice.session.signaling, 'message');
    login.token = 'Alice 1000';
    await answered;
    await clock.advance(100_000);
    expect(status(alice)).to.equal('signed-in');
    await clock.advance(900_000);
    await shows(alice, 'signed-out');
    await spoken(problem(login));
    expect(textOf(problem(login))).to.contain('Your sign-in has expired.');
    await expectAccessible(login);
  });

  it('says that the server does not accept it', async () => {
    const { server } = strictServer();
    const content = html`<rtc-login auto token="nonsense"></rtc-login>`;
    const { login } = await signedOut(server.url, content);
    await complains(login);
    expect(textOf(problem(login))).to.contain('does not accept this site’s sign-in');
  });
});
