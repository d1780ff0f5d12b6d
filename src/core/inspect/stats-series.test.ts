import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StatsSeries, selectedPair, totals, type Stat } from './stats-series.js';

/** A browser's statistics of a call with sound and picture, `second` seconds after its start. */
function report(second: number, { lost = 0 } = {}): Stat[] {
  return [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
    { id: 'P1', type: 'candidate-pair', bytesSent: 9e9, bytesReceived: 9e9 },
    {
      id: 'P2',
      type: 'candidate-pair',
      bytesSent: second * 50_000,
      bytesReceived: second * 25_000,
      currentRoundTripTime: 0.04,
    },
    {
      id: 'A',
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: second * 50,
      packetsLost: 0,
      jitter: 0.003,
      audioLevel: 0.25,
    },
    {
      id: 'V',
      type: 'inbound-rtp',
      kind: 'video',
      packetsReceived: second * 50 - lost,
      packetsLost: lost,
      jitter: 0.011,
      framesDecoded: second * 30,
      frameWidth: 640,
      frameHeight: 480,
      freezeCount: 2,
    },
    { id: 'O', type: 'outbound-rtp', kind: 'video', qualityLimitationReason: 'bandwidth' },
  ];
}

describe('a series of statistics', () => {
  it('tells rates from the second report on', () => {
    const series = new StatsSeries();
    series.add(report(1), 1000);
    assert.equal(series.last!.sent, undefined);
    series.add(report(3), 3000);
    const { sent, received, frameRate } = series.last!;
    assert.deepEqual([sent, received, frameRate], [400_000, 200_000, 30]);
  });

  it('tells the present state from the first report', () => {
    const series = new StatsSeries();
    series.add(report(1), 1000);
    const { roundTrip, jitter, level, frameWidth, frameHeight, freezes, limitation } = series.last!;
    assert.deepEqual([roundTrip, jitter, level], [40, 11, 25]);
    assert.deepEqual([frameWidth, frameHeight, freezes, limitation], [640, 480, 2, 'bandwidth']);
  });

  it('tells loss as a share of the packets sent meanwhile', () => {
    const series = new StatsSeries();
    series.add(report(1), 1000);
    series.add(report(2, { lost: 10 }), 2000);
    assert.equal(series.last!.loss, 10);
    series.add(report(3, { lost: 10 }), 3000);
    assert.equal(series.last!.loss, 0);
  });

  it('leaves out figures that a browser does not report', () => {
    const series = new StatsSeries();
    series.add([], 0);
    series.add([{ id: 'T', type: 'transport' }], 1000);
    const { at, ...figures } = series.last!;
    assert.equal(at, 1000);
    assert.deepEqual([...new Set(Object.values(figures))], [undefined]);
  });

  it('begins anew when a new connection counts from zero', () => {
    const series = new StatsSeries();
    series.add(report(9), 9000);
    series.add(report(1), 10_000);
    assert.equal(series.last!.sent, undefined);
    series.add(report(2), 11_000);
    assert.equal(series.last!.sent, 400_000);
  });

  it('keeps the last readings only', () => {
    const series = new StatsSeries(3);
    for (let second = 1; second <= 5; second++) series.add(report(second), second * 1000);
    assert.deepEqual(
      series.readings.map(({ at }) => at),
      [3000, 4000, 5000],
    );
    assert.deepEqual(series.of('sent'), [400_000, 400_000, 400_000]);
  });

  it('takes the round trip from the partner’s reports where the path does not say', () => {
    const { roundTrip } = totals([{ id: 'R', type: 'remote-inbound-rtp', roundTripTime: 0.1 }], 0);
    assert.equal(roundTrip, 0.1);
  });
});

describe('the selected pair', () => {
  const pair = (id: string, more: object): Stat => ({ id, type: 'candidate-pair', ...more });

  it('is the pair that the transport names', () => {
    assert.equal(selectedPair(report(1))?.id, 'P2');
  });

  it('is the pair marked as selected, as in Firefox', () => {
    assert.equal(selectedPair([pair('a', {}), pair('b', { selected: true })])?.id, 'b');
  });

  it('is else the nominated pair that succeeded', () => {
    const pairs = [
      pair('a', { nominated: true, state: 'failed' }),
      pair('b', { nominated: true, state: 'succeeded' }),
    ];
    assert.equal(selectedPair(pairs)?.id, 'b');
  });

  it('is undefined until a pair has succeeded', () => {
    assert.equal(selectedPair([pair('a', { state: 'in-progress' })]), undefined);
  });
});
