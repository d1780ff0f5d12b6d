import { expect, fixture, html } from '@open-wc/testing';
import '../../test/helpers/browser/quiet-console.js';
import { define } from '../define/define.js';
import { demand, onDemand } from './on-demand.js';
import '../define/all.js';

describe('a tag that few pages use', () => {
  it('is loaded when the document has it, also if added later', async () => {
    expect(customElements.get('rtc-roster')).to.equal(undefined);
    const root = await fixture(html`<div></div>`);
    const section = document.createElement('section');
    section.append(document.createElement('rtc-roster'));
    root.append(section);
    await customElements.whenDefined('rtc-roster');
    expect(root.querySelector('rtc-roster')!.shadowRoot).not.to.equal(null);
  });

  it('is loaded once, however often it is needed', async () => {
    let loads = 0;
    onDemand('test-once', async () => {
      loads++;
    });
    demand('test-once');
    demand('test-once');
    expect(loads).to.equal(1);
  });

  it('is tried again where it could not be loaded', async () => {
    let loads = 0;
    onDemand('test-again', () => {
      loads++;
      return Promise.reject(new TypeError('Offline'));
    });
    demand('test-again');
    await Promise.resolve().then(() => {});
    demand('test-again');
    expect(loads).to.equal(2);
  });

  it('is not loaded where it is there already', () => {
    onDemand('rtc-login', () => {
      throw new Error('Loaded');
    });
    demand('rtc-login');
  });
});

describe('a tag that another copy of the kit has defined', () => {
  it('is left as it is', () => {
    const before = customElements.get('rtc-login');
    define('rtc-login', class extends HTMLElement {});
    expect(customElements.get('rtc-login')).to.equal(before);
  });
});

describe('all tags', () => {
  it('are registered by a single import, except deferred tags', () => {
    for (const tag of ['provider', 'login', 'video-call', 'voice-call', 'text-chat']) {
      expect(customElements.get(`rtc-${tag}`), tag).to.be.a('function');
    }
    expect(customElements.get('rtc-conversation')).to.equal(undefined);
  });
});
