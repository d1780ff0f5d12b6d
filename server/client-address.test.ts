import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { countedAs, originationReader } from './client-address.js';

/** A request of somebody at `remoteAddress`, with these headers. */
const request = (remoteAddress: string | undefined, headers: object = {}, encrypted = false) =>
  ({ socket: { remoteAddress, encrypted }, headers }) as unknown as IncomingMessage;

const forwarded = (hops: string) => ({ 'x-forwarded-for': hops });

describe('the client address of a request', () => {
  it('is the connected address when no proxy is trusted', () => {
    const read = originationReader();
    for (const said of ['198.51.100.7', '127.0.0.1', '', 'nonsense']) {
      assert.equal(read(request('203.0.113.9', forwarded(said))).address, '203.0.113.9');
    }
  });

  const trusted = ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1'];
  const cases: [peer: string, said: string, address: string][] = [
    ['10.1.2.3', '198.51.100.7', '198.51.100.7'],
    ['::ffff:10.1.2.3', '198.51.100.7', '198.51.100.7'],
    ['2001:db8::5', '2a00::1', '2a00::1'],
    // From the right: what is left of the first that is not trusted, anybody may have made up.
    ['10.1.2.3', '1.1.1.1, 198.51.100.7', '198.51.100.7'],
    ['10.1.2.3', '1.1.1.1, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['10.1.2.3', '10.0.0.1, 198.51.100.7 ,10.9.9.9', '198.51.100.7'],
    ['10.1.2.3', '10.9.9.9', '10.9.9.9'],
    ['10.1.2.3', '198.51.100.7, nonsense', '10.1.2.3'],
    ['10.1.2.3', '198.51.100.7, nonsense, 10.9.9.9', '10.9.9.9'],
    ['10.1.2.3', '', '10.1.2.3'],
    ['10.1.2.3', '198.51.100.7:4711', '198.51.100.7'],
    ['10.1.2.3', '[2a00::1]:4711', '2a00::1'],
    ['10.1.2.3', '[2a00::1]', '2a00::1'],
    ['10.1.2.3', '::ffff:198.51.100.7', '198.51.100.7'],
    ['10.1.2.3', '2A00:0:0::0001', '2a00::1'],
    ['11.1.2.3', '198.51.100.7', '11.1.2.3'],
    ['127.0.0.2', '198.51.100.7', '127.0.0.2'],
  ];
  it('is read from trusted proxies, from the right', () => {
    const read = originationReader(trusted);
    for (const [peer, said, address] of cases) {
      assert.equal(read(request(peer, forwarded(said))).address, address, `${peer} says ${said}`);
    }
    assert.equal(read(request('10.1.2.3')).address, '10.1.2.3');
    assert.equal(read(request(undefined)).address, '');
  });

  it('came encrypted where this server or a trusted proxy knows that', () => {
    const read = originationReader(trusted);
    const of = (peer: string, scheme?: string, own = false) =>
      read(request(peer, scheme ? { 'x-forwarded-proto': scheme } : {}, own)).encrypted;
    assert.equal(of('203.0.113.9'), undefined);
    assert.equal(of('203.0.113.9', 'https'), undefined);
    assert.equal(of('203.0.113.9', 'http', true), true);
    assert.equal(of('10.1.2.3', 'https'), true);
    assert.equal(of('10.1.2.3', 'http'), false);
    assert.equal(of('10.1.2.3', 'https, http'), false);
    assert.equal(of('10.1.2.3'), undefined);
  });

  it('is nothing that a proxy could be named by but its address', () => {
    for (const wrong of ['proxy', '10.0.0.0/33', '::1/129', '10.0.0.0/', '10.0.0.0/-1', '*', '']) {
      assert.throws(() => originationReader([wrong]), /by its address or network/, wrong);
    }
  });
});

it('an address of IPv6 counts by its first half', () => {
  for (const [address, as] of [
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:db8:1:2::6', '2001:db8:1:2::'],
    ['2001:db8::6', '2001:db8:0:0::'],
    ['::1', '0:0:0:0::'],
    ['fe80::1%eth0', 'fe80:0:0:0::'],
    ['2001:0DB8:0001:2::', '2001:db8:1:2::'],
    ['2001:db8:1:2::9%eth0', '2001:db8:1:2::'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['unknown', 'unknown'],
    ['1:2:3', '1:2:3'],
    ['', ''],
  ]) {
    assert.equal(countedAs(address!), as);
  }
});
