import { expect, html } from '@open-wc/testing';
import { elsewhere, ended, inPage, talk } from '../../test/helpers/browser/people.js';
import { until } from '../../test/helpers/browser/until.js';
import '../define/video-call.js';
import '../define/voice-call.js';

async function inCall(content = html`<rtc-video-call></rtc-video-call>`) {
  const alice = await inPage('Alice', content);
  const bob = await elsewhere('Bob', { server: alice.server });
  const [outgoing, incoming] = await talk(alice, bob, 'video');
  return { alice, outgoing, incoming, tag: alice.tag('rtc-video-call') };
}

/** A moment that is longer than a page may take to change its tags. */
const later = () => new Promise((resolve) => setTimeout(resolve, 1100));

describe('a call whose tag is removed', () => {
  it('goes on in the tag that takes its place a moment later', async () => {
    const { outgoing, tag } = await inCall();
    const parent = tag.parentElement!;
    tag.remove();
    setTimeout(() => parent.append(document.createElement('rtc-video-call')), 100);
    await later();
    expect(outgoing.state.phase).to.equal('active');
  });

  it('goes on while its tag is without the provider for a moment', async () => {
    const { outgoing, tag } = await inCall();
    tag.provider = 'elsewhere';
    await tag.updateComplete;
    setTimeout(() => (tag.provider = ''), 100);
    await later();
    expect(outgoing.state.phase).to.equal('active');
  });

  it('ends where no tag takes its place', async () => {
    const { outgoing, incoming, tag } = await inCall();
    tag.remove();
    expect(await ended(incoming)).to.equal('hung-up');
    expect(outgoing.ended).to.equal(true);
  });

  it('goes on where the page hangs up itself', async () => {
    const { alice, outgoing, incoming, tag } = await inCall();
    alice.provider.keepCalls = true;
    await alice.provider.updateComplete;
    tag.remove();
    await later();
    expect(outgoing.state.phase).to.equal('active');
    outgoing.hangUp();
    await until(incoming, () => incoming.ended);
  });
});
