import { expect } from '@open-wc/testing';
import { BasicClient } from '../../test/helpers/browser/basic-client.js';
import { gesture } from '../../test/helpers/browser/gesture.js';
import { PageServer } from '../../test/helpers/browser/page-server.js';
import { connected, elsewhere, ended } from '../../test/helpers/browser/people.js';
import { until } from '../../test/helpers/browser/until.js';

/** Alice has a kit client, Bob a basic client: the page that the tutorial builds. */
async function setUp() {
  const server = new PageServer();
  const alice = await elsewhere('Alice', { server: server.url });
  const bob = await BasicClient.login(server, 'Bob');
  const incoming = () => until(alice.session, () => alice.session.state.calls[0]);
  return { server, alice, bob, incoming };
}

const kindsOf = (stream: MediaStream | undefined) => stream?.getTracks().map(({ kind }) => kind);

before(gesture);

describe('a basic client that calls', () => {
  for (const [kind, media] of [
    ['video', ['audio', 'video']],
    ['voice', ['audio']],
    ['chat', []],
  ] as const) {
    it(`rings as a ${kind} call, and connects when it is accepted`, async () => {
      const { alice, bob, incoming } = await setUp();
      await bob.call('Alice', ...media);
      const call = await incoming();
      expect(call).to.include({ kind, name: 'Bob', direction: 'incoming' });
      void call.accept();
      await Promise.all([connected(call), bob.connected()]);
      expect(kindsOf(call.state.remote.stream) ?? []).to.deep.equal(media);
      for (const { receiver } of bob.pc.getTransceivers()) {
        await until(receiver.track, () => !receiver.track.muted, 'unmute');
      }
      expect(alice.devices.live).to.deep.equal(media);
      bob.hangUp();
      expect(await ended(call)).to.equal('hung-up');
      expect(alice.devices.live).to.deep.equal([]);
    });
  }

  it('is told that the call is over when it is declined', async () => {
    const { bob, incoming } = await setUp();
    await bob.call('Alice', 'audio');
    (await incoming()).decline();
    await bob.heard('leave');
  });

  it('exchanges text that counts as sent at once', async () => {
    const { alice, bob, incoming } = await setUp();
    await bob.call('Alice');
    void (await incoming()).accept();
    const chat = alice.session.chat('Bob');
    await until(chat, () => chat.state.open);
    chat.send('Hello');
    expect(chat.state.messages[0]!.delivery).to.equal('sent');
    await until(bob, () => bob.texts.length > 0);
    bob.channel!.send('Hi');
    await until(chat, () => chat.state.messages.length === 2);
    // Nothing but text: a basic client gets no receipts and no muted states.
    expect(bob.texts).to.deep.equal(['Hello']);
    expect(chat.state.messages[1]).to.include({ from: 'Bob', text: 'Hi' });
  });
});

describe('a basic client that is called', () => {
  for (const kind of ['video', 'voice', 'chat'] as const) {
    it(`answers a ${kind} call as it always does`, async () => {
      const { alice, bob } = await setUp();
      const call = alice.session.call('Bob', kind)!;
      const offer = await bob.heard('offer');
      expect(offer.name).to.equal('Alice');
      await Promise.all([connected(call), bob.connected()]);
      const chat = alice.session.chat('Bob');
      await until(chat, () => chat.state.open);
      chat.send('Hello');
      await until(bob, () => bob.texts.length > 0);
      expect(bob.texts).to.deep.equal(['Hello']);
      call.hangUp();
      await bob.heard('leave');
      expect(alice.devices.live).to.deep.equal([]);
    });
  }

  it('ends the call when it closes', async () => {
    const { alice, bob } = await setUp();
    const call = alice.session.call('Bob', 'voice')!;
    await connected(call);
    bob.close();
    expect(await ended(call)).to.equal('gone');
  });
});
