import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sdpKinds, sdpLines } from './sdp-lines.js';

const offer = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS stream',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'c=IN IP4 0.0.0.0',
  'a=rtcp:9 IN IP4 0.0.0.0',
  'a=ice-ufrag:4ZcD',
  'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlkm',
  'a=fingerprint:sha-256 6B:8B:F0',
  'a=setup:actpass',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendrecv',
  'a=msid:stream track',
  'a=rtcp-mux',
  'a=rtcp-fb:111 transport-cc',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=ssrc:1001 cname:name',
  'a=candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host generation 0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=fmtp:111 nothing',
  'a=sctp-port:5000',
  'a=x-new-thing:1',
].join('\r\n');

const lines = sdpLines(`${offer}\r\n`);
const line = (start: string) => lines.find(({ text }) => text.startsWith(start))!;

describe('the lines of a description', () => {
  it('are all there, in order, as they stand', () => {
    assert.equal(lines.map(({ text }) => text).join('\r\n'), offer);
  });

  for (const kind of [
    ...['v', 'o', 's', 't', 'group', 'msid', 'm', 'c', 'rtcp', 'ice-ufrag', 'fingerprint', 'setup'],
    ...['mid', 'extmap', 'rtpmap', 'fmtp', 'rtcp-fb', 'ssrc', 'candidate'],
  ]) {
    it(`know ${kind}`, () => {
      assert.ok(lines.some((each) => each.kind === kind));
      assert.ok((sdpKinds as readonly string[]).includes(kind));
    });
  }

  it('name their values', () => {
    assert.deepEqual(line('m=audio').values, {
      media: 'audio',
      port: '9',
      protocol: 'UDP/TLS/RTP/SAVPF',
      formats: '111 63',
    });
    assert.equal(line('a=group').values.mids, '0 1');
    assert.equal(line('a=setup').values.role, 'actpass');
    const { type, address, port, protocol, priority } = line('a=candidate').values;
    assert.deepEqual(
      [type, address, port, protocol, priority],
      ['host', '192.0.2.1', '54321', 'udp', '2122260223'],
    );
  });

  it('name the codec of a payload number, also where it is said later', () => {
    assert.equal(line('a=rtcp-fb:111').values.codec, 'opus');
    assert.equal(line('a=fmtp:111 minptime').values.codec, 'opus');
  });

  it('do not take a codec from another section', () => {
    assert.equal(line('a=fmtp:111 nothing').values.codec, '');
  });

  it('call an extension by its own name', () => {
    assert.equal(line('a=extmap:1').values.extension, 'ssrc-audio-level');
  });

  it('may be of a kind that nobody knows', () => {
    assert.equal(line('a=x-new').kind, 'other');
    assert.deepEqual(
      sdpLines('nonsense\na=__proto__:1\na=toString').map(({ kind }) => kind),
      ['other', 'other', 'other'],
    );
  });

  it('are none in an empty description', () => {
    assert.deepEqual(sdpLines(''), []);
  });
});
