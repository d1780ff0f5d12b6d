/** An object of a statistics report: any of its members may be missing in some browser. */
export type Stat = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly type: string;
};

/** Totals of a report over the whole connection; a missing figure is undefined. */
export interface Totals {
  /** Milliseconds, of whatever clock. */
  at: number;
  bytesSent?: number;
  bytesReceived?: number;
  packetsReceived?: number;
  packetsLost?: number;
  framesDecoded?: number;
  /** Seconds. */
  roundTrip?: number;
  jitter?: number;
  freezes?: number;
  /** 0 to 1. */
  level?: number;
  frameWidth?: number;
  frameHeight?: number;
  /** Why less is sent than could be: `none`, `cpu`, `bandwidth` or `other`. */
  limitation?: string;
}

/** How a connection does at one moment. What cannot be told is undefined. */
export interface Reading {
  at: number;
  /** Bits a second. */
  sent?: number;
  received?: number;
  /** Milliseconds. */
  roundTrip?: number;
  jitter?: number;
  /** Packets lost of those that the partner sent, in percent. */
  loss?: number;
  /** Pictures a second. */
  frameRate?: number;
  /** Pixels. */
  frameWidth?: number;
  frameHeight?: number;
  /** How often the picture has stood still so far. */
  freezes?: number;
  /** Loudness, in percent. */
  level?: number;
  limitation?: string;
}

/** The figures of a reading that a chart can draw. */
export type Figure = Exclude<keyof Reading, 'at' | 'limitation' | 'frameWidth'>;

/** The statistics of a connection, as a list. */
export async function statsOf(pc: RTCPeerConnection): Promise<Stat[]> {
  const stats: Stat[] = [];
  (await pc.getStats()).forEach((stat: Stat) => stats.push(stat));
  return stats;
}

/** Adds a report up. Members are named as in W3C WebRTC Statistics. */
export function totals(stats: Iterable<Stat>, at: number): Totals {
  const all = [...stats];
  const of = (type: string, kind?: string) =>
    all.filter((stat) => stat.type === type && (!kind || stat.kind === kind));
  const pair = selectedPair(all);
  const inbound = of('inbound-rtp');
  const [picture] = of('inbound-rtp', 'video');
  return {
    at,
    bytesSent: sum([pair], 'bytesSent'),
    bytesReceived: sum([pair], 'bytesReceived'),
    packetsReceived: sum(inbound, 'packetsReceived'),
    packetsLost: sum(inbound, 'packetsLost'),
    framesDecoded: sum([picture], 'framesDecoded'),
    roundTrip:
      most([pair], 'currentRoundTripTime') ?? most(of('remote-inbound-rtp'), 'roundTripTime'),
    jitter: most(inbound, 'jitter'),
    freezes: sum([picture], 'freezeCount'),
    level: most(of('inbound-rtp', 'audio'), 'audioLevel'),
    frameWidth: most([picture], 'frameWidth'),
    frameHeight: most([picture], 'frameHeight'),
    limitation: of('outbound-rtp', 'video')
      .map((stat) => stat.qualityLimitationReason)
      .find((reason) => typeof reason === 'string'),
  };
}

/** The selected candidate pair, if any: browsers mark it in three ways. */
export function selectedPair(stats: readonly Stat[]): Stat | undefined {
  const id = stats.find(
    ({ selectedCandidatePairId }) => selectedCandidatePairId,
  )?.selectedCandidatePairId;
  const pairs = stats.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find((pair) => pair.id === id) ??
    pairs.find(({ selected }) => selected === true) ??
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
  );
}

/** How a connection did between two looks at it. Only the second may be there. */
export function reading(before: Totals | undefined, now: Totals): Reading {
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  const gain = (name: keyof Totals) => {
    const [from, to] = [before?.[name], now[name]];
    // A new connection in the place of the old one counts from nothing.
    return typeof from === 'number' && typeof to === 'number' && to >= from ? to - from : undefined;
  };
  const rate = (name: keyof Totals, factor = 1) => scaled(gain(name), seconds && factor / seconds);
  const lost = gain('packetsLost');
  const arrived = gain('packetsReceived');
  return {
    at: now.at,
    sent: rate('bytesSent', 8),
    received: rate('bytesReceived', 8),
    roundTrip: scaled(now.roundTrip, 1000),
    jitter: scaled(now.jitter, 1000),
    loss:
      lost === undefined || arrived === undefined || !(lost + arrived)
        ? undefined
        : (lost / (lost + arrived)) * 100,
    frameRate: rate('framesDecoded'),
    frameWidth: now.frameWidth,
    frameHeight: now.frameHeight,
    freezes: now.freezes,
    level: scaled(now.level, 100),
    limitation: now.limitation,
  };
}

/** The last readings of a connection, oldest first. */
export class StatsSeries {
  readonly #length: number;
  #before: Totals | undefined;
  #readings: readonly Reading[] = [];

  /** @param length how many readings are kept */
  constructor(length = 60) {
    this.#length = length;
  }

  /** Takes in another report of the same connection. */
  add(stats: Iterable<Stat>, at: number): void {
    const now = totals(stats, at);
    this.#readings = [...this.#readings, reading(this.#before, now)].slice(-this.#length);
    this.#before = now;
  }

  get readings(): readonly Reading[] {
    return this.#readings;
  }

  get last(): Reading | undefined {
    return this.#readings.at(-1);
  }

  /** A figure over time; undefined where it was not known. */
  of(figure: Figure): (number | undefined)[] {
    return this.#readings.map((one) => one[figure]);
  }
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined || !factor ? undefined : value * factor;

function numbers(stats: readonly (Stat | undefined)[], name: string): number[] {
  return stats.map((stat) => stat?.[name]).filter((value) => typeof value === 'number');
}

function sum(stats: readonly (Stat | undefined)[], name: string): number | undefined {
  const found = numbers(stats, name);
  return found.length ? found.reduce((total, value) => total + value, 0) : undefined;
}

function most(stats: readonly (Stat | undefined)[], name: string): number | undefined {
  const found = numbers(stats, name);
  return found.length ? Math.max(...found) : undefined;
}
