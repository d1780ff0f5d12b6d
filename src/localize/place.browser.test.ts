import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { rendered, textOf } from '../../test/helpers/browser/dom.js';
import { ownServer } from '../../test/helpers/browser/people.js';
import { until } from '../../test/helpers/browser/until.js';
import type { RtcDial } from '../components/dial/dial.js';
import '../define/dial.js';
import { english } from '../../test/helpers/english.js';
import { languageOf, languages } from './languages.js';
import { addLanguage } from './localize.js';

/** Changes something, and waits until the tags have been told. */
async function changed(change: () => void): Promise<void> {
  const told = new Promise((resolve) =>
    languages.addEventListener('change', resolve, { once: true }),
  );
  change();
  await told;
}

/** A component of the page, with a tag in its shadow root. */
class Frame extends LitElement {
  protected override render() {
    return html`<rtc-dial></rtc-dial>
      <section lang="eo"><rtc-dial id="own"></rtc-dial></section>`;
  }
}
customElements.define('test-frame', Frame);

const dials = (root: Element) => [
  ...(root.shadowRoot ?? root).querySelectorAll<RtcDial>('rtc-dial'),
];

describe('the language of a tag', () => {
  it('is that of the nearest element with a lang', async () => {
    const root = await fixture(html`
      <div lang="de">
        <p lang="pt-BR"><rtc-dial></rtc-dial></p>
      </div>
    `);
    expect(languageOf(dials(root)[0]!)).to.equal('pt-BR');
  });

  it('may be said on the tag itself', async () => {
    const root = await fixture(html`<div lang="de"><rtc-dial lang="fr"></rtc-dial></div>`);
    expect(languageOf(dials(root)[0]!)).to.equal('fr');
  });

  it('is found across shadow roots, and may be set inside a shadow root', async () => {
    const root = await fixture(html`<div lang="de"><test-frame></test-frame></div>`);
    const frame = root.querySelector('test-frame')!;
    await rendered(frame);
    expect(dials(frame).map(languageOf)).to.deep.equal(['de', 'eo']);
  });

  it('is the browser’s where the page says none', async () => {
    const root = document.documentElement;
    const { lang } = root;
    root.removeAttribute('lang');
    const outside = await fixture(html`<div><rtc-dial></rtc-dial></div>`);
    expect(languageOf(dials(outside)[0]!)).to.equal(navigator.language);
    root.lang = lang;
  });

  it('is unknown, and the words English, where the page says so', async () => {
    const root = await fixture(html`<div lang=""><rtc-dial></rtc-dial></div>`);
    expect(textOf(dials(root)[0]!)).to.contain('Username to call');
  });
});

describe('the words of a tag', () => {
  it('are English until a language is there, and then change', async () => {
    const root = await fixture(html`<div lang="de"><rtc-dial></rtc-dial></div>`);
    const [dial] = dials(root) as [RtcDial];
    const words = () => textOf(dial);
    await until(languages, () => dial.isUpdatePending || words().includes('Wen anrufen?'));
    await rendered(dial);
    expect(words()).to.contain('Wen anrufen?');
    expect(words()).to.contain('Anrufen');
  });

  it('are the page’s own where it adds a language', async () => {
    const root = await fixture(html`<div lang="eo"><rtc-dial></rtc-dial></div>`);
    const [dial] = dials(root) as [RtcDial];
    expect(textOf(dial)).to.contain('Call');
    addLanguage('eo', { ...english, call: 'Voki' });
    await rendered(dial);
    expect(textOf(dial)).to.contain('Voki');
  });

  it('follow a `lang` that changes, also outside of the shadow roots around the tag', async () => {
    addLanguage('eo', { ...english, call: 'Voki' });
    const root = await fixture(
      html`<div lang="eo">
        <p><test-frame></test-frame></p>
      </div>`,
    );
    const frame = root.querySelector('test-frame')!;
    await rendered(frame);
    const [outer, inner] = dials(frame) as [RtcDial, RtcDial];
    expect([textOf(outer), textOf(inner)].map((words) => words.includes('Voki'))).to.deep.equal([
      true,
      true,
    ]);

    await changed(() => root.setAttribute('lang', 'en'));
    await rendered(outer);
    expect(textOf(outer)).to.contain('Call');
    expect(textOf(inner)).to.contain('Voki');

    const section = frame.shadowRoot!.querySelector('section')!;
    await changed(() => section.removeAttribute('lang'));
    await rendered(inner);
    expect(textOf(inner)).to.contain('Call');
  });

  it('follow the place that a tag is moved to', async () => {
    const root = await fixture(html`
      <rtc-provider server=${ownServer()}>
        <p lang="en"><rtc-dial></rtc-dial></p>
        <p lang="eo"></p>
      </rtc-provider>
    `);
    const dial = root.querySelector('rtc-dial')!;
    await rendered(root);
    expect(textOf(dial)).to.contain('Call');
    root.querySelector('[lang="eo"]')!.append(dial);
    await rendered(dial);
    expect(textOf(dial)).to.contain('Voki');
  });
});
