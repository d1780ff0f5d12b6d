import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, describe, it, type TestContext } from 'node:test';
import { Coturn } from '../test/helpers/coturn.js';
import { TurnClient } from '../test/helpers/turn-client.js';
import { coturnConfig } from './coturn-config.js';
import { turnRelays } from './turn.js';

const secret = '0123456789abcdef0123456789abcdef';
const realm = 'turn.example.org';
const urls = ['turn:turn.example.org'];
const config = coturnConfig({ realm, secret });

/** As handed out so many milliseconds ago. */
const credentials = (key = 'alice', ago = 0) =>
  turnRelays({ urls, secret }, () => Date.now() - ago).credentials(key)[0]!;

describe('credentials for TURN', () => {
  it('end, and have a password that only the secret makes', () => {
    const [server] = turnRelays({ urls, secret, lifetime: 60_000 }, () => 1_000_000).credentials(
      'a',
    );
    const { username, credential } = server!;
    assert.match(username!, /^1060:[\da-f]{32}$/);
    assert.equal(credential, createHmac('sha1', secret).update(username!).digest('base64'));
    assert.deepEqual(server!.urls, urls);
  });

  it('name a person by a pseudonym, always the same', () => {
    const person = (key: string) => credentials(key).username!.split(':')[1];
    assert.equal(person('alice'), person('alice'));
    assert.notEqual(person('alice'), person('bob'));
    assert.doesNotMatch(person('alice')!, /alice/);
  });
});

describe('the configuration for coturn', () => {
  it('takes no value that would be another line', () => {
    for (const wrong of ['a b', 'a\nallowed-peer-ip=127.0.0.1', 'a"', 'a#b', '']) {
      assert.throws(() => coturnConfig({ realm: wrong, secret }), /may hold no space/);
    }
    assert.throws(() => coturnConfig({ realm, secret, relayIp: '::1' }), /must be one of IPv4/);
  });

  it('has TLS, and the address of a machine behind NAT, where they are given', () => {
    const tls = { cert: '/etc/turn.crt', key: '/etc/turn.key' };
    const text = coturnConfig({ realm, secret, tls, relayIp: '10.0.0.1', externalIp: '9.9.9.9' });
    assert.match(text, /^cert=\/etc\/turn.crt\npkey=\/etc\/turn.key$/m);
    assert.match(text, /^external-ip=9.9.9.9\/10.0.0.1$/m);
    assert.doesNotMatch(text, /^no-tls$/m);
  });
});

describe('coturn, as configured', () => {
  let coturn: Coturn;
  before(async () => {
    coturn = await Coturn.start(config, '--relay-ip=::1');
  });
  after(() => coturn.stop());

  /** A client for as long as the test runs. */
  async function open(t: TestContext, who: RTCIceServer): Promise<TurnClient> {
    const client = await TurnClient.open(coturn.port, who);
    t.after(() => client.close());
    return client;
  }

  /** A client with an allocation. */
  async function allocated(t: TestContext, family: 4 | 6 = 4, who = credentials()) {
    const client = await open(t, who);
    assert.equal(await client.allocate(family), 0, who.username);
    return client;
  }

  const forbidden = [
    '0.0.0.0',
    '127.0.0.1',
    '127.255.255.255',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.1.1',
    '169.254.169.254',
    '192.0.0.170',
    '192.88.99.1',
    '198.18.0.1',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',
  ];

  it('relays to internet addresses only', async (t) => {
    const client = await allocated(t);
    for (const address of ['8.8.8.8', '11.0.0.1', '172.15.255.255', '172.32.0.1', '100.128.0.1']) {
      assert.equal(await client.permit(address), 0, address);
    }
    for (const address of forbidden) {
      assert.equal(await client.permit(address), 403, address);
      assert.equal(await client.bindChannel(address, 80), 403, address);
    }
  });

  it('relays to no IPv6 address, nor to a mapped IPv4 address (CVE-2026-27624)', async (t) => {
    for (const family of [4, 6] as const) {
      const client = await allocated(t, family);
      const inner = ['127.0.0.1', '10.0.0.1', '169.254.169.254', '192.168.0.1', '8.8.8.8'];
      for (const address of [
        ...inner.map((each) => `::ffff:${each}`),
        ...inner.map((each) => `64:ff9b::${each}`),
        '::1',
        '::',
        '::127.0.0.1',
        '2002:7f00:1::',
        '2001:db8::1',
        '2606:4700:4700::1111',
        'fe80::1',
        'fd00::1',
        'fd00:ec2::254',
        'ff02::1',
      ]) {
        for (const code of [await client.permit(address), await client.bindChannel(address, 80)]) {
          assert.ok([400, 403, 443].includes(code), `${address}: ${code} (IPv${family})`);
        }
      }
    }
  });

  it('takes no credential that is over, of another secret, or of nobody', async (t) => {
    for (const who of [
      // Over for a minute: the relay's clock counts whole seconds, and may be a tick behind.
      credentials('alice', 660_000),
      { ...credentials(), credential: 'guessed' },
      turnRelays({ urls, secret: 'another secret' }).credentials('alice')[0]!,
      { urls, username: 'alice', credential: 'alice' },
    ]) {
      const client = await open(t, who);
      assert.equal(await client.allocate(), 401, who.username);
    }
  });

  it('serves people of any name, each up to the quota', async (t) => {
    for (const name of ["o'brien", 'select * from', 'a b\t"c"', 'drop:table', '👩‍👩‍👧 محمد']) {
      await allocated(t, 4, credentials(name));
    }
    // In turn, each with a credential of its own.
    for (let seconds = 0; seconds < 12; seconds++) {
      await allocated(t, 4, credentials('carol', seconds * 1000));
    }
    const oneMore = await open(t, credentials('carol', 20_000));
    assert.equal(await oneMore.allocate(), 486);
  });
});

describe('a relayed connection', () => {
  it('carries data both ways', async (t) => {
    // Here there is no internet, so that for once this machine is a place to relay to.
    const here = ['--allow-loopback-peers', '--allowed-peer-ip=127.0.0.1'];
    const coturn = await Coturn.start(config, ...here);
    t.after(() => coturn.stop());
    const peer = createSocket('udp4').bind(0, '127.0.0.1');
    t.after(() => peer.close());
    await once(peer, 'listening');
    peer.on('message', (data, { port, address }) => peer.send(`${data} back`, port, address));

    const client = await TurnClient.open(coturn.port, credentials());
    t.after(() => client.close());
    assert.equal(await client.allocate(), 0);
    assert.equal(await client.permit('127.0.0.1'), 0);
    const received = new Promise((resolve) => (client.ondata = resolve));
    client.send('127.0.0.1', peer.address().port, 'there and');
    assert.equal(await received, 'there and back');
  });
});
