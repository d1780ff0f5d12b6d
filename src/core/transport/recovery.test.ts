import assert from 'node:assert/strict';
import { it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import { defaultSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { PeerTransport } from './peer-transport.js';
import { recover } from './recovery.js';

Object.assign(globalThis, { addEventListener() {}, removeEventListener() {} });

it('restarts ICE when the state of the transport says that its path is lost', async () => {
  const description = { sdp: 'a=ice-ufrag:abcd' };
  const pc = {
    signalingState: 'stable',
    localDescription: description,
    remoteDescription: description,
  };
  let restarts = 0;
  const transport = Object.assign(new EventTarget(), {
    state: { connection: 'connected', basic: false },
    initiator: true,
    pc,
    restartIce: () => restarts++,
  });
  const state = { status: 'signed-in', name: 'alice' };
  const signaling = Object.assign(new EventTarget(), { state, wake() {} });
  const clock = new FakeClock();
  const stop = recover(transport as unknown as PeerTransport, {
    settings: { ...defaultSettings, clock },
    signaling: signaling as unknown as Signaling,
  });
  await clock.advance(defaultSettings.recoveryInterval);
  assert.equal(restarts, 0);
  transport.state.connection = 'failed';
  transport.dispatchEvent(new Event('change'));
  await clock.advance(0);
  assert.equal(restarts, 1);
  await clock.advance(defaultSettings.recoveryInterval);
  assert.equal(restarts, 2);
  stop();
  assert.equal(clock.waiting, 0);
});
