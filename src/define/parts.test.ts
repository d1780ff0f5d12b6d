import { expect, html } from '@open-wc/testing';
import { deep, query, queryAll, rendered } from '../../test/helpers/browser/dom.js';
import { gesture } from '../../test/helpers/browser/gesture.js';
import { elsewhere, inPage, ring, talk, type Resident } from '../../test/helpers/browser/people.js';
import { shown } from '../../test/helpers/browser/shadow-change.js';
import type { CallKind } from '../protocol/messages.js';
import './call-controls.js';
import './call-meter.js';
import './call-status.js';
import './conversation.js';
import './inspector.js';
import './media-explorer.js';
import './peer-explorer.js';
import './roster.js';
import './support.js';
import './text-chat.js';
import './video-call.js';
import './voice-call.js';

interface Declaration {
  tagName?: keyof HTMLElementTagNameMap;
  cssParts?: { name: string }[];
}

const manifest = (await (await fetch('/custom-elements.json')).json()) as {
  modules: { declarations: Declaration[] }[];
};
const partsOf = new Map(
  manifest.modules
    .flatMap(({ declarations }) => declarations)
    .filter(({ tagName, cssParts }) => tagName && cssParts)
    .map(({ tagName, cssParts }) => [tagName!, cssParts!.map(({ name }) => name)]),
);

/** A page's own style sheet: it marks each part that the manifest documents. */
const style = document.createElement('style');
style.textContent = [...partsOf]
  .flatMap(([tag, names]) => names.map((name) => `${tag}::part(${name}) { ${mark(name)}: 1 }`))
  .join('\n');
for (const name of new Set([...partsOf.values()].flat())) {
  CSS.registerProperty({ name: mark(name), syntax: '*', inherits: false });
}

before(async () => {
  document.head.append(style);
  await gesture();
});
after(() => style.remove());

function mark(part: string): string {
  return `--part-${part}`;
}

/** The elements in a tag that the page's rule for one part reaches. */
const reached = (tag: Element, part: string) =>
  [...deep(tag)].filter(
    (element) => getComputedStyle(element).getPropertyValue(mark(part)) === '1',
  );

/** Alice's page, and Bob who calls her or accepts her call. */
interface Scene {
  alice: Resident;
  tag: HTMLElement;
  rings(kind: CallKind): Promise<unknown>;
  talks(kind: CallKind): Promise<unknown>;
}

type Play = (scene: Scene) => unknown;

const idle: Play = () => {};
const ringing =
  (kind: CallKind): Play =>
  ({ rings }) =>
    rings(kind);
const talking =
  (kind: CallKind): Play =>
  ({ talks }) =>
    talks(kind);

async function chatting({ alice, tag, talks }: Scene): Promise<void> {
  await talks('chat');
  alice.session.chat('Bob').send('Hello Bob');
  await rendered(tag);
}

async function connectedAlone({ tag }: Scene): Promise<void> {
  await (tag as HTMLElementTagNameMap['rtc-peer-explorer']).establish();
  await shown(tag, () => tag.shadowRoot!.querySelector('[part="pairs"]'));
  await pressed(tag, 'getStats()', 'result');
}

/** Presses a button, and waits for the part that shows what came of it. */
async function pressed(tag: HTMLElement, name: string, part: string): Promise<void> {
  queryAll(tag, 'button')
    .find(({ textContent }) => textContent.trim() === name)!
    .click();
  await shown(tag, () => tag.shadowRoot!.querySelector(`[part="${part}"]`));
}

/** The steps that make every part of each tag visible. */
const plays: Partial<Record<keyof HTMLElementTagNameMap, { signedOut?: Play; signedIn: Play[] }>> =
  {
    'rtc-login': { signedOut: idle, signedIn: [idle] },
    'rtc-dial': { signedIn: [idle] },
    'rtc-incoming-call': { signedIn: [ringing('video')] },
    'rtc-call-status': { signedIn: [idle] },
    'rtc-stream': { signedIn: [talking('video')] },
    'rtc-call-controls': { signedIn: [talking('video')] },
    'rtc-call-meter': { signedIn: [talking('voice')] },
    'rtc-conversation': { signedIn: [chatting] },
    'rtc-roster': {
      signedIn: [({ tag }) => shown(tag, () => tag.shadowRoot!.querySelector('[part="person"]'))],
    },
    'rtc-video-call': { signedIn: [idle, ringing('video'), talking('video')] },
    'rtc-voice-call': { signedIn: [idle, ringing('voice'), talking('voice')] },
    'rtc-text-chat': { signedIn: [idle, ringing('chat'), chatting] },
    'rtc-support': {
      signedIn: [({ tag }) => (tag as HTMLElementTagNameMap['rtc-support']).check()],
    },
    'rtc-media-explorer': { signedIn: [({ tag }) => pressed(tag, 'getUserMedia()', 'track')] },
    'rtc-peer-explorer': {
      signedOut: together,
      signedIn: [together, ringing('chat'), connectedAlone],
    },
    'rtc-inspector': {
      signedIn: [
        async ({ tag, talks }) => {
          await talks('video');
          const has = (part: string) => tag.shadowRoot!.querySelector(`[part="${part}"]`);
          await shown(tag, () => ['limitation', 'winner', 'chart'].every(has));
        },
      ],
    },
  };

function together({ tag }: Scene): void {
  Object.assign(tag, { mode: 'together' });
}

/** Plays a scene with one tag in the page. @returns the tag as it then stands. */
async function show(
  name: keyof HTMLElementTagNameMap,
  play: Play,
  signIn: boolean,
): Promise<HTMLElement> {
  const alice = await inPage('Alice', html``, { signIn });
  const tag = document.createElement(name);
  Object.assign(tag, { silent: true, interval: 100 });
  alice.provider.append(tag);
  const bob = await elsewhere('Bob', { server: alice.server, signIn });
  await rendered(tag);
  await play({
    alice,
    tag,
    rings: (kind) => ring(bob, alice, kind),
    talks: (kind) => talk(alice, bob, kind),
  });
  await rendered(tag);
  return tag;
}

describe('the parts of a tag', () => {
  it('are in the table of this test when they are in the manifest', () => {
    expect(Object.keys(plays)).to.have.members([...partsOf.keys()]);
  });

  for (const [name, { signedOut, signedIn }] of Object.entries(plays) as [
    keyof HTMLElementTagNameMap,
    NonNullable<(typeof plays)[keyof typeof plays]>,
  ][]) {
    it(`take the page's style: ${name}`, async () => {
      const documented = partsOf.get(name)!;
      const seen = new Set<string>();
      const scenes = signedIn.map((play) => ({ play, signIn: true }));
      if (signedOut) scenes.push({ play: signedOut, signIn: false });
      for (const { play, signIn } of scenes) {
        const tag = await show(name, play, signIn);
        for (const part of documented) {
          const elements = reached(tag, part);
          if (elements.length) seen.add(part);
          const roots = new Set(elements.map((element) => element.getRootNode()));
          expect(roots.size, `places named ${part}`).to.be.at.most(1);
        }
        const own = [...tag.shadowRoot!.querySelectorAll('[part]')].flatMap(({ part }) => [
          ...part,
        ]);
        expect(documented, 'documented').to.include.members(own);
        tag.remove();
      }
      expect([...seen]).to.have.members(documented);
    }).timeout(20_000);
  }

  it('keep the names apart when a widget has two parties', async () => {
    const tag = await show('rtc-video-call', talking('video'), true);
    const captions = ['remote-caption', 'local-caption'].map((part) =>
      reached(tag, part).map(({ textContent }) => textContent.trim()),
    );
    expect(captions).to.deep.equal([['Bob'], ['You']]);
    expect(query(tag, '[part="hang-up"]')).to.equal(reached(tag, 'hang-up')[0]);
  });
});
