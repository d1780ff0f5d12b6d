import { defaultHubSettings } from 'rtc-widgets/hub';
import { defaultLimits, ofAddress } from '../limits.js';
import { readCount, readSeconds, type Values } from './values.js';

export const limitFlags = {
  'frame-bytes': { type: 'string', default: `${defaultHubSettings.frameBytes}` },
  'frames-per-second': { type: 'string', default: `${defaultLimits.framesPerSecond}` },
  'bytes-per-second': { type: 'string', default: `${defaultLimits.bytesPerSecond}` },
  connections: { type: 'string', default: `${defaultLimits.connections}` },
  'connections-per-address': { type: 'string', default: `${defaultLimits.connectionsPerAddress}` },
  'requests-at-once': { type: 'string', default: `${defaultLimits.requestsAtOnce}` },
  'requests-per-address': { type: 'string', default: `${defaultLimits.requestsPerAddress}` },
  'request-time': { type: 'string', default: `${defaultLimits.requestTime / 1000}` },
  'sign-in-time': { type: 'string', default: `${defaultLimits.signInTime / 1000}` },
  'sign-ins': { type: 'string', default: `${defaultHubSettings.signIns}` },
  idle: { type: 'string', default: `${defaultLimits.idle / 1000}` },
  'max-buffered': { type: 'string', default: `${defaultLimits.maxBuffered}` },
  'buffered-in-all': { type: 'string', default: `${defaultLimits.bufferedInAll}` },
  mailbox: { type: 'string', default: `${defaultHubSettings.mailbox}` },
  'kept-bytes': { type: 'string', default: `${defaultHubSettings.kept.each}` },
  'kept-bytes-in-all': { type: 'string', default: `${defaultHubSettings.kept.all}` },
  'names-per-address': { type: 'string' },
  'rings-per-minute': { type: 'string', default: `${defaultHubSettings.rings.perCaller.most}` },
  'rings-per-pair': { type: 'string', default: `${defaultHubSettings.rings.perPair.most}` },
  'rings-per-address': { type: 'string' },
  'ring-time': { type: 'string', default: `${defaultHubSettings.rings.longest / 1000}` },
  'roster-size': { type: 'string', default: `${defaultHubSettings.rosterSize}` },
  'sessions-per-name': { type: 'string', default: `${defaultHubSettings.sessionsPerName}` },
} as const;

const standard = (flag: Exclude<keyof typeof limitFlags, `${'names' | 'rings'}-per-address`>) =>
  `(default: ${limitFlags[flag].default})`;

export const limitUsage = `
  --frame-bytes N   refuse a frame with more bytes ${standard('frame-bytes')}
  --frames-per-second N
                    cut who sends more, on average over 5 seconds ${standard('frames-per-second')}
  --bytes-per-second N
                    cut who sends more bytes, on average over 5 seconds
                    ${standard('bytes-per-second')}
  --connections N   serve so many connections at once ${standard('connections')}
  --connections-per-address N
                    and so many of one address ${standard('connections-per-address')}
  --requests-at-once N
                    keep so many connections that are no WebSocket, or not yet;
                    one more, and one of the address with most is cut
                    ${standard('requests-at-once')}
  --requests-per-address N
                    and so many of one address ${standard('requests-per-address')}
  --request-time SECONDS
                    how long a request may take to arrive ${standard('request-time')}
  --sign-in-time SECONDS
                    cut who has not signed in by then ${standard('sign-in-time')}
  --sign-ins N      how often a connection may try to sign in ${standard('sign-ins')}
  --idle SECONDS    cut who has sent nothing for so long ${standard('idle')}
  --max-buffered BYTES
                    cut who reads so slowly that more waits ${standard('max-buffered')}
  --buffered-in-all BYTES
                    cut the slowest readers when more waits for all together
                    ${standard('buffered-in-all')}
  --mailbox N       keep so many messages for a person who is away ${standard('mailbox')}
  --kept-bytes BYTES
                    keep so much for one person ${standard('kept-bytes')}
  --kept-bytes-in-all BYTES
                    and for all together ${standard('kept-bytes-in-all')}
  --names-per-address N
                    let so many people of one address be signed in at once
                    (default: 1.5 for each connection that it may have)
  --rings-per-minute N
                    let a person ring so often ${standard('rings-per-minute')}
  --rings-per-pair N
                    and the same person so often, a minute ${standard('rings-per-pair')}
  --rings-per-address N
                    and all of one address so often, a minute
                    (default: 3 for each connection that it may have)
  --ring-time SECONDS
                    end a call that nobody answers by then ${standard('ring-time')}
  --roster-size N   list so many people as online ${standard('roster-size')}
  --sessions-per-name N
                    let a person sign in so many times at once, in tabs or on devices
                    ${standard('sessions-per-name')}
`;

/** Reads how much a client may do. */
export function readLimits(values: Values<typeof limitFlags>) {
  type Flag = keyof typeof limitFlags;
  const count = (flag: Flag, least = 1) => readCount(flag, values[flag] ?? '', least);
  const perMinute = (most: number) => ({ most, period: 60_000 });
  const { names, rings } = ofAddress(count('connections-per-address'));
  /** A limit of an address that may be given, or comes with that of its connections. */
  const given = (flag: Flag, otherwise: number) =>
    values[flag] === undefined ? otherwise : count(flag);
  const seconds = (flag: Flag) => readSeconds(flag, values[flag] ?? '');
  return {
    limits: {
      framesPerSecond: count('frames-per-second'),
      bytesPerSecond: count('bytes-per-second'),
      connections: count('connections'),
      connectionsPerAddress: count('connections-per-address'),
      requestsAtOnce: count('requests-at-once'),
      requestsPerAddress: count('requests-per-address'),
      requestTime: seconds('request-time'),
      signInTime: seconds('sign-in-time'),
      idle: seconds('idle'),
      maxBuffered: count('max-buffered', 65_536),
      bufferedInAll: count('buffered-in-all', 65_536),
    },
    ofHub: {
      frameBytes: count('frame-bytes'),
      signIns: count('sign-ins'),
      mailbox: count('mailbox'),
      kept: { each: count('kept-bytes'), all: count('kept-bytes-in-all') },
      namesPerAddress: given('names-per-address', names),
      rings: {
        ...defaultHubSettings.rings,
        perCaller: perMinute(count('rings-per-minute')),
        perPair: perMinute(count('rings-per-pair')),
        perAddress: perMinute(given('rings-per-address', rings)),
        longest: seconds('ring-time'),
      },
      rosterSize: count('roster-size'),
      sessionsPerName: count('sessions-per-name'),
    },
  };
}
