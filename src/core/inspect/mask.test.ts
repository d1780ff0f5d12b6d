import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Mask } from './mask.js';

const secrets = {
  address: '203.0.113.7',
  six: '2001:db8::17',
  host: '7f3a2c1e-1111-4222-8333-444455556666.local',
  ufrag: '4ZcD',
  pwd: '2/1muCWoOi3uLifh0NuRHlkm',
  user: '1795340000:alice',
  credential: 'c2VjcmV0',
  foundation: '842163049',
};

const sdp = [
  'v=0',
  `o=- 46 2 IN IP4 ${secrets.address}`,
  'c=IN IP4 0.0.0.0',
  `c=IN IP6 ${secrets.six}`,
  `a=rtcp:9 IN IP4 ${secrets.address}`,
  `a=ice-ufrag:${secrets.ufrag}`,
  `a=ice-pwd:${secrets.pwd}`,
  `a=candidate:${secrets.foundation} 1 udp 1677729535 ${secrets.address} 61764 typ srflx raddr ${secrets.six} rport 5000 ufrag ${secrets.ufrag}`,
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  '',
].join('\r\n');

const report = {
  configuration: {
    iceServers: [{ urls: ['turn:turn.example.org'], ...cred() }],
  },
  local: { type: 'offer', sdp },
  events: [{ detail: `candidate:1 1 udp 1 ${secrets.host} 9 typ host` }],
  stats: [
    { type: 'local-candidate', address: secrets.address, ip: secrets.address, port: 61764 },
    { type: 'transport', iceLocalUsernameFragment: secrets.ufrag, bytesSent: 4 },
    { type: 'remote-candidate', relatedAddress: secrets.six, usernameFragment: secrets.ufrag },
  ],
  nothing: null,
  yes: true,
};

function cred() {
  return { username: secrets.user, credential: secrets.credential };
}

describe('a masked report', () => {
  const masked = new Mask().value(report) as typeof report;
  const text = JSON.stringify(masked);

  for (const [what, secret] of Object.entries(secrets)) {
    it(`holds no ${what}`, () => {
      assert.ok(JSON.stringify(report).includes(secret), 'the report has none to begin with');
      assert.ok(!text.includes(secret));
    });
  }

  it('names the same address the same everywhere', () => {
    const [local] = masked.stats;
    assert.equal(local!.address, 'address-1');
    assert.match(masked.local.sdp, /^o=- 46 2 IN IP4 address-1\r$/m);
    assert.match(masked.local.sdp, / address-1 61764 typ srflx raddr address-2 rport 5000 ufrag/);
    assert.equal(masked.stats[2]!.relatedAddress, 'address-2');
  });

  it('keeps everything else as it is', () => {
    assert.deepEqual(masked.configuration.iceServers[0]!.urls, ['turn:turn.example.org']);
    assert.equal(masked.stats[0]!.port, 61764);
    assert.equal(masked.stats[1]!.bytesSent, 4);
    assert.equal(masked.nothing, null);
    assert.equal(masked.yes, true);
    assert.match(masked.local.sdp, /^c=IN IP4 0\.0\.0\.0\r$/m);
    assert.match(masked.local.sdp, /\r\nm=audio 9 UDP\/TLS\/RTP\/SAVPF 111\r\n$/);
  });

  it('leaves the original alone', () => {
    assert.ok(report.local.sdp.includes(secrets.pwd));
  });
});
