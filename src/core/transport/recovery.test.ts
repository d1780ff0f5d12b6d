import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { defaultSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { PeerTransport } from './peer-transport.js';
import { recover } from './recovery.js';

Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} });

it('ICE restarts with the credentials for relays that are new by then', async () => {
  const done: unknown[] = [];
  const description = { sdp: 'a=ice-ufrag:abcd' };
  const pc = {
    signalingState: 'stable',
    localDescription: description,
    remoteDescription: description,
    setConfiguration: (configuration: unknown) => done.push(configuration),
    restartIce: () => done.push('restart'),
  };
  const transport = {
    state: 'failed',
    initiator: true,
    plain: false,
    pc,
  } as unknown as PeerTransport;
  const state = { status: 'signed-in', name: 'alice' };
  const signaling = Object.assign(new EventTarget(), { state, wake() {} });
  const clock = new FakeClock();
  let iceServers = [{ urls: 'turn:old' }];
  const recovery = recover(transport, {
    settings: { ...defaultSettings, clock },
    signaling: signaling as unknown as Signaling,
    configuration: () => ({ iceServers }),
    calls: () => [],
    error: assert.ifError,
    fault: assert.ifError,
  });
  iceServers = [{ urls: 'turn:new' }];
  recovery.changed();
  await clock.advance(0);
  assert.deepEqual(done, [{ iceServers: [{ urls: 'turn:new' }] }, 'restart']);
  recovery.stop();
});
