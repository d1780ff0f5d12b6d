import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { candidateRows, pairRows } from './candidates.js';

const stats = [
  { id: 'L1', type: 'local-candidate', candidateType: 'host', address: '192.0.2.1', port: 9 },
  {
    id: 'L2',
    type: 'local-candidate',
    candidateType: 'relay',
    protocol: 'udp',
    relayProtocol: 'tls',
    ip: '203.0.113.1',
    port: 5349,
    priority: 41,
  },
  { id: 'R1', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp', address: '' },
  { id: 'P1', type: 'candidate-pair', localCandidateId: 'L1', remoteCandidateId: 'R1' },
  {
    id: 'P2',
    type: 'candidate-pair',
    localCandidateId: 'L2',
    remoteCandidateId: 'R1',
    state: 'succeeded',
    nominated: true,
  },
];

describe('candidates', () => {
  it('stand with those first that won', () => {
    assert.deepEqual(
      candidateRows(stats).map(({ id, side, won }) => [id, side, won]),
      [
        ['L2', 'local', true],
        ['R1', 'remote', true],
        ['L1', 'local', false],
      ],
    );
  });

  it('say all that the browser says of them', () => {
    const [relay, hidden] = candidateRows(stats);
    assert.deepEqual(relay, {
      id: 'L2',
      side: 'local',
      type: 'relay',
      protocol: 'udp / tls',
      address: '203.0.113.1:5349',
      priority: '41',
      won: true,
    });
    assert.equal(hidden!.address, '');
  });

  it('make pairs, with the selected pair marked', () => {
    assert.deepEqual(pairRows(stats), [
      { id: 'P2', local: 'relay 203.0.113.1:5349', remote: 'prflx', state: 'succeeded', won: true },
      { id: 'P1', local: 'host 192.0.2.1:9', remote: 'prflx', state: '', won: false },
    ]);
  });

  it('may be gone from the report while a pair still names them', () => {
    const [, , , , pair] = stats;
    assert.equal(pairRows([pair!])[0]!.local, '?');
  });
});
