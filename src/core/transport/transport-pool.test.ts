import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { FakeClock } from '../../../test/helpers/fake-clock.js';
import {
  Ether,
  FakeMediaStream,
  FakePeerConnection,
  Wires,
} from '../../../test/helpers/fake-connections.js';
import { defaultSettings, type SessionSettings } from '../settings.js';
import type { Signaling } from '../signaling/signaling.js';
import type { PeerTransport } from './peer-transport.js';
import { TransportPool } from './transport-pool.js';

const clock = new FakeClock();
const ether = new Ether(new Wires(), clock);

/** Keeps the configurations that it was given. */
class Connection extends FakePeerConnection {
  readonly configurations: RTCConfiguration[];

  constructor(configuration: RTCConfiguration) {
    super(ether);
    this.configurations = [configuration];
  }

  override setConfiguration = (configuration?: RTCConfiguration) => {
    this.configurations.push(configuration!);
  };
}

Object.assign(globalThis, { MediaStream: FakeMediaStream, RTCPeerConnection: Connection });

const sent: unknown[] = [];
const signaling = Object.assign(new EventTarget(), {
  state: { status: 'signed-in', name: 'Alice' },
  welcome: { iceServers: [{ urls: 'turn:old' }] },
  send: (message: unknown) => sent.push(message),
});
const host = {
  settings: { ...defaultSettings, clock, relayOnly: true } satisfies SessionSettings,
  signaling: signaling as unknown as Signaling,
  iceServers: () => signaling.welcome.iceServers,
};

let pool: TransportPool;
beforeEach(() => {
  pool = new TransportPool(host);
  sent.length = 0;
});

const open = (name = 'Bob', basic = false) => pool.open({ name, initiator: true, basic });
const isClosed = ({ state }: PeerTransport) => state.connection === 'closed';

describe('a pool of transports', () => {
  it('tells of each transport before anything happens in it', () => {
    const opened: PeerTransport[] = [];
    pool.addEventListener('open', ({ transport }) => opened.push(transport));
    assert.deepEqual([open()], opened);
  });

  it('finds a transport by any spelling of the name, when it is leased', () => {
    const transport = open();
    assert.equal(pool.find('Bob'), undefined);
    pool.lease(transport, 'one');
    assert.equal(pool.find(' bOB '), transport);
    assert.equal(pool.find('Carol'), undefined);
    assert.equal(pool.find('Bob', transport), undefined);
    pool.release(transport, 'one');
    assert.equal(pool.find('Bob'), undefined);
  });

  it('shares no transport with a basic client', () => {
    pool.lease(open('Bob', true), 'one');
    assert.equal(pool.find('Bob'), undefined);
  });

  it('closes a transport with its last lease, and once', () => {
    const transport = open();
    let changes = 0;
    pool.lease(transport, 'one');
    pool.lease(transport, 'two');
    transport.addEventListener('change', () => changes++);
    pool.release(transport, 'one');
    assert.equal(isClosed(transport), false);
    pool.release(transport, 'two');
    pool.release(transport, 'two');
    assert.equal(isClosed(transport), true);
    assert.equal(changes, 1);
  });

  it('closes a transport that was never leased when it is released', () => {
    const transport = open();
    pool.release(transport, 'one');
    assert.equal(isClosed(transport), true);
  });

  it('ends with a lease what that lease carries, and no more', () => {
    const transport = open();
    for (const id of ['one', 'two']) {
      pool.lease(transport, id);
      const slot = id === 'one' ? 'microphone' : 'camera';
      transport.carry(id, { sends: [slot], takes: [slot] }, true);
    }
    const directions = () =>
      transport.pc.getTransceivers().map(({ direction }) => direction as string);
    assert.deepEqual(directions(), ['sendrecv', 'sendrecv']);
    pool.release(transport, 'one');
    assert.deepEqual(directions(), ['inactive', 'sendrecv']);
  });

  it('signals on behalf of a lease', async () => {
    const transport = open();
    pool.lease(transport, 'one');
    await transport.offerAnew();
    const [message] = sent as { type: string; name: string; call: string; fresh: boolean }[];
    const { type, name, call, fresh } = message!;
    assert.deepEqual([type, name, call, fresh], ['offer', 'Bob', 'one', true]);
  });

  it('restarts ICE with the credentials for relays that are new by then', () => {
    const transport = open();
    signaling.welcome = { iceServers: [{ urls: 'turn:new' }] };
    transport.restartIce();
    const { configurations } = transport.pc as unknown as Connection;
    assert.deepEqual(
      configurations.map(({ iceServers, iceTransportPolicy }) => [iceServers, iceTransportPolicy]),
      [
        [[{ urls: 'turn:old' }], 'relay'],
        [[{ urls: 'turn:new' }], 'relay'],
      ],
    );
  });

  it('tells once when a partner sends more than the page can take', () => {
    const codes: string[] = [];
    pool.addEventListener('error', ({ error }) => codes.push(error.code));
    const transport = open();
    transport.flood();
    transport.flood();
    assert.deepEqual(codes, ['partner-floods']);
  });
});
