import { defaultHubSettings } from '../../src/hub/settings.js';
import { defaultLimits } from '../limits.js';
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
  mailbox: { type: 'string', default: `${defaultHubSettings.mailbox}` },
  'roster-size': { type: 'string', default: `${defaultHubSettings.rosterSize}` },
  'sessions-per-name': { type: 'string', default: `${defaultHubSettings.sessionsPerName}` },
} as const;

const standard = (flag: keyof typeof limitFlags) => `(default: ${limitFlags[flag].default})`;

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
  --mailbox N       keep so many messages for a person who is away ${standard('mailbox')}
  --roster-size N   list so many people as online ${standard('roster-size')}
  --sessions-per-name N
                    let a person sign in so many times at once, in tabs or on devices
                    ${standard('sessions-per-name')}
`;

/** What a client may do, and how much of it. */
export function readLimits(values: Values<typeof limitFlags>) {
  type Flag = keyof typeof limitFlags;
  const count = (flag: Flag) => readCount(flag, values[flag]);
  const seconds = (flag: Flag) => readSeconds(flag, values[flag]);
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
      maxBuffered: count('max-buffered'),
    },
    ofHub: {
      frameBytes: count('frame-bytes'),
      signIns: count('sign-ins'),
      mailbox: count('mailbox'),
      rosterSize: count('roster-size'),
      sessionsPerName: count('sessions-per-name'),
    },
  };
}
