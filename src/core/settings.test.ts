import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, mergeSettings, type SessionSettings } from './settings.js';

type Layer = Partial<SessionSettings>;

const small = { width: 320, height: 180 };
const large = { width: 1920, height: 1080 };
const stun = [{ urls: 'stun:stun.example.org' }];
const turn = [{ urls: 'turn:turn.example.org' }];

const cases: [string, Layer, Layer, Layer][] = [
  ['the defaults where nothing is set', {}, {}, {}],
  ['what code sets over a default', { ringTimeout: 1 }, {}, { ringTimeout: 1 }],
  ['an attribute over what code sets', { ringTimeout: 1 }, { ringTimeout: 2 }, { ringTimeout: 2 }],
  ['an attribute over a default', {}, { ringTimeout: 2 }, { ringTimeout: 2 }],
  [
    'what code sets over an attribute that is not there',
    { ringTimeout: 1, relayOnly: true, maxVideo: small, iceServers: stun },
    { ringTimeout: undefined, relayOnly: undefined, maxVideo: undefined, iceServers: undefined },
    { ringTimeout: 1, relayOnly: true, maxVideo: small, iceServers: stun },
  ],
  ['a default over undefined', { ringTimeout: undefined }, {}, {}],
  ['false and 0 over a default', { relayOnly: false, ackDelay: 0 }, {}, { ackDelay: 0 }],
  ['an attribute as a whole', { maxVideo: small }, { maxVideo: large }, { maxVideo: large }],
  ['an empty list over another', { iceServers: stun }, { iceServers: [] }, { iceServers: [] }],
  ['no list added to another', { iceServers: stun }, { iceServers: turn }, { iceServers: turn }],
];

for (const [title, code, attributes, expected] of cases) {
  test(`mergeSettings takes ${title}`, () => {
    const merged = mergeSettings(code, attributes);
    assert.deepEqual(merged, { ...defaultSettings, ...expected });
  });
}

test('mergeSettings changes none of its layers', () => {
  const before = { ...defaultSettings };
  const layer = Object.freeze({ ringTimeout: 1 });
  mergeSettings(layer).ringTimeout = 2;
  assert.deepEqual(defaultSettings, before);
});
