import { expect, html } from '@open-wc/testing';
import { elsewhere, ended, inPage, talk } from '../../test/helpers/browser/people.js';
import { until } from '../../test/helpers/browser/until.js';
import { FakeClock } from '../../test/helpers/fake-clock.js';
import '../define/video-call.js';

async function inCall() {
  const clock = new FakeClock();
  const content = html`<rtc-video-call></rtc-video-call>`;
  const alice = await inPage('Alice', content, { settings: { clock } });
  const bob = await elsewhere('Bob', { server: alice.server });
  const [outgoing, incoming] = await talk(alice, bob, 'video');
  return { alice, clock, outgoing, incoming, tag: alice.tag('rtc-video-call') };
}

describe('a call whose tag is removed', () => {
  it('goes on in the tag that takes its place a moment later', async () => {
    const { alice, clock, outgoing, tag } = await inCall();
    tag.remove();
    await clock.advance(100);
    const next = document.createElement('rtc-video-call');
    alice.provider.append(next);
    await next.updateComplete;
    await clock.advance(2000);
    expect(outgoing.state.phase).to.equal('active');
  });

  it('goes on while its tag is without the provider for a moment', async () => {
    const { clock, outgoing, tag } = await inCall();
    tag.provider = 'elsewhere';
    await tag.updateComplete;
    await clock.advance(100);
    tag.provider = '';
    await tag.updateComplete;
    await clock.advance(2000);
    expect(outgoing.state.phase).to.equal('active');
  });

  it('ends where no tag takes its place', async () => {
    const { clock, outgoing, incoming, tag } = await inCall();
    tag.remove();
    await clock.advance(999);
    expect(outgoing.state.phase).to.equal('active');
    await clock.advance(1);
    expect(await ended(incoming)).to.equal('hung-up');
    expect(outgoing.ended).to.equal(true);
  });

  it('goes on where the page hangs up itself', async () => {
    const { alice, clock, outgoing, incoming, tag } = await inCall();
    alice.provider.keepCalls = true;
    await alice.provider.updateComplete;
    tag.remove();
    await clock.advance(2000);
    expect(outgoing.state.phase).to.equal('active');
    outgoing.hangUp();
    await until(incoming, () => incoming.ended);
  });
});
