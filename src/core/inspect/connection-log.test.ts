import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { ConnectionLog } from './connection-log.js';

/** As much of a connection as the log looks at. */
class FakeConnection extends EventTarget {
  signalingState = 'stable';
  iceGatheringState = 'new';
  iceConnectionState = 'new';
  connectionState = 'new';

  fire(type: string, more: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), more));
  }
}

const channelOf = (label: string) =>
  Object.assign(new EventTarget(), { label }) as unknown as RTCDataChannel;

function watched() {
  const clock = new FakeClock();
  const log = new ConnectionLog(clock);
  const pc = new FakeConnection();
  log.watch(pc as unknown as RTCPeerConnection, 'A');
  const news = () => log.state.entries.slice(4).map(({ name, detail }) => [name, detail]);
  return { clock, log, pc, news };
}

describe('the log of a connection', () => {
  it('begins with its states', () => {
    const { log } = watched();
    assert.deepEqual(
      log.state.entries.map(({ name, detail, kind, who }) => [name, detail, kind, who]),
      [
        ['signalingState', 'stable', 'state', 'A'],
        ['iceGatheringState', 'new', 'state', 'A'],
        ['iceConnectionState', 'new', 'state', 'A'],
        ['connectionState', 'new', 'state', 'A'],
      ],
    );
  });

  it('notes each state as it changes, and when', async () => {
    const { clock, log, pc } = watched();
    await clock.advance(40);
    pc.iceConnectionState = 'checking';
    pc.fire('iceconnectionstatechange');
    const { at, name, detail } = log.state.entries.at(-1)!;
    assert.deepEqual([at, name, detail], [40, 'iceConnectionState', 'checking']);
  });

  it('logs each event, with its details', () => {
    const { pc, news } = watched();
    pc.fire('negotiationneeded');
    pc.fire('icecandidate', { candidate: { candidate: 'candidate:1 1 udp' } });
    pc.fire('icecandidate', { candidate: null });
    pc.fire('icecandidateerror', { errorCode: 701, errorText: 'No answer', url: 'stun:x' });
    pc.fire('track', { track: { kind: 'audio', id: '7' } });
    pc.fire('datachannel', { channel: channelOf('chat') });
    assert.deepEqual(news(), [
      ['negotiationneeded', ''],
      ['icecandidate', 'candidate:1 1 udp'],
      ['icecandidate', 'null'],
      ['icecandidateerror', '701 No answer stun:x'],
      ['track', 'audio 7'],
      ['datachannel', '“chat”'],
    ]);
  });

  it('follows a channel, and keeps no content of messages', () => {
    const { pc, news } = watched();
    const channel = channelOf('chat');
    pc.fire('datachannel', { channel });
    channel.dispatchEvent(new Event('open'));
    channel.dispatchEvent(new MessageEvent('message', { data: 'a secret' }));
    channel.dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(3) }));
    assert.deepEqual(news().slice(1), [
      ['open', '“chat”'],
      ['message', '“chat” text 8'],
      ['message', '“chat” binary 3'],
    ]);
  });

  it('takes a connection once, however often it is shown it', () => {
    const { log, pc, news } = watched();
    log.watch(pc as unknown as RTCPeerConnection, 'A');
    pc.fire('negotiationneeded');
    assert.equal(news().length, 1);
  });

  it('hears nothing any more once it is stopped', () => {
    const { log, pc, news } = watched();
    log.stop();
    pc.fire('negotiationneeded');
    assert.deepEqual(news(), []);
  });

  it('begins anew once it is cleared', async () => {
    const { clock, log, pc } = watched();
    await clock.advance(40);
    log.clear();
    pc.fire('negotiationneeded');
    assert.equal(log.state.entries.length, 0);
    log.add('step', 'close()');
    assert.equal(log.state.entries.at(-1)!.at, 0);
  });

  it('keeps the last 500 entries', () => {
    const log = new ConnectionLog(new FakeClock());
    for (let count = 0; count < 510; count++) log.add('step', 'step', String(count));
    assert.equal(log.state.entries.length, 500);
    assert.equal(log.state.entries[0]!.detail, '10');
  });
});
