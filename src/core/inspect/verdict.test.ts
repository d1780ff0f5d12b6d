import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Found } from './connectivity.js';
import type { Support } from './support.js';
import { gravity, verdicts, type Findings } from './verdict.js';

const support: Support = {
  secure: true,
  devices: true,
  connection: true,
  channels: true,
  screen: false,
  output: false,
  pip: false,
};
const found: Found = { host: 'found', srflx: 'found', relay: 'found' };
const good: Findings = {
  support,
  found,
  loopback: { connected: true, data: true, sound: true, picture: true },
  refused: false,
};

describe('the verdict before a call', () => {
  for (const [when, findings, said, grave] of [
    ['all is well', good, ['verdict-good'], 'good'],
    ['features that a call does without are missing', good, ['verdict-good'], 'good'],
    [
      'the page is not secure',
      { ...good, support: { ...support, secure: false } },
      ['verdict-browser'],
      'bad',
    ],
    [
      'the list of servers is none',
      { ...good, badServers: true, loopback: undefined },
      ['verdict-servers'],
      'bad',
    ],
    [
      'nothing connects',
      { ...good, loopback: { connected: false, data: false } },
      ['verdict-blocked'],
      'bad',
    ],
    [
      'no picture arrives',
      { ...good, loopback: { ...good.loopback!, picture: false } },
      ['verdict-media'],
      'bad',
    ],
    [
      'there was no picture to send, and the camera was refused',
      { ...good, refused: true, loopback: { connected: true, data: true, sound: true } },
      ['verdict-devices'],
      'fair',
    ],
    [
      'the relay does not answer',
      { ...good, found: { ...found, srflx: 'missing', relay: 'missing' } },
      ['verdict-relay', 'verdict-stun'],
      'fair',
    ],
    [
      'the relay does not take the credentials',
      { ...good, found: { ...found, relay: 'refused' } },
      ['verdict-refused'],
      'fair',
    ],
    [
      'no relay was given',
      { ...good, found: { host: 'found', srflx: 'unasked', relay: 'unasked' } },
      ['verdict-no-relay'],
      'good',
    ],
  ] as [string, Findings, string[], string][]) {
    it(`is ${grave} where ${when}`, () => {
      assert.deepEqual(verdicts(findings), said);
      assert.equal(gravity(verdicts(findings)), grave);
    });
  }
});
