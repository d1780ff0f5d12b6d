/** A line of a session description, with what is needed to explain it in words. */
export interface SdpLine {
  /** The line as it stands there. */
  readonly text: string;
  /** The kind of line: its letter, the name of an attribute, or `other`. Each kind has words. */
  readonly kind: SdpKind;
  /** Values that the words mention: a codec, a port. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Names of the parts of a line, separated by spaces after `=` or `:`; the last takes the rest.
 * From RFC 8866 (SDP), 8839 (ICE), 8843 (BUNDLE), 8122 and 8842 (fingerprint, setup), 8285 (extmap),
 * 4585 (rtcp-fb), 5576 (ssrc), 8841 (SCTP), 8853 (simulcast) and 8830 (msid).
 */
const parts = {
  v: '',
  o: 'user session version',
  s: '',
  t: '',
  m: 'media port protocol formats',
  c: 'network family address',
  b: 'limit',
  group: 'how mids',
  'extmap-allow-mixed': '',
  'msid-semantic': '',
  msid: 'stream track',
  rtcp: 'port',
  'rtcp-mux': '',
  'rtcp-mux-only': '',
  'rtcp-rsize': '',
  'ice-ufrag': '',
  'ice-pwd': '',
  'ice-options': 'options',
  'ice-lite': '',
  fingerprint: 'hash',
  setup: 'role',
  mid: 'mid',
  extmap: 'id uri',
  sendrecv: '',
  sendonly: '',
  recvonly: '',
  inactive: '',
  rtpmap: 'payload codec',
  fmtp: 'payload settings',
  'rtcp-fb': 'payload feedback',
  ssrc: 'ssrc',
  'ssrc-group': 'how ssrcs',
  rid: 'rid',
  simulcast: '',
  'sctp-port': 'port',
  'max-message-size': 'size',
  candidate: 'foundation component protocol priority address port typ type rest',
  'end-of-candidates': '',
  'bundle-only': '',
} as const satisfies Record<string, string>;

export type SdpKind = keyof typeof parts | 'other';

/** All kinds of line that have words of their own. */
export const sdpKinds: readonly SdpKind[] = [...(Object.keys(parts) as SdpKind[]), 'other'];

/** Takes a session description apart, line by line. */
export function sdpLines(sdp: string): SdpLine[] {
  let codecs: Record<string, string> = {};
  const lines = sdp.split(/\r?\n/).filter(Boolean);
  // A payload number may be named before the line that says what it stands for.
  const sections = lines.map((text) => {
    if (text.startsWith('m=')) codecs = {};
    const [, payload, codec] = /^a=rtpmap:(\d+) ([^/]+)/.exec(text) ?? [];
    if (payload) codecs[payload] = codec!;
    return codecs;
  });
  return lines.map((text, index) => lineOf(text, sections[index]!));
}

function lineOf(text: string, codecs: Record<string, string>): SdpLine {
  const [, name = '', content = ''] =
    /^a=([^:]+):?(.*)$/.exec(text) ?? /^([a-z])=(.*)$/.exec(text) ?? [];
  if (!Object.hasOwn(parts, name)) return { text, kind: 'other', values: {} };
  const kind = name as keyof typeof parts;
  const values: Record<string, string> = {};
  const names = parts[kind].split(' ').filter(Boolean);
  const words = content.split(' ');
  names.forEach((each, at) => {
    values[each] = (at === names.length - 1 ? words.slice(at) : words.slice(at, at + 1)).join(' ');
  });
  if (kind === 'rtcp-fb' || kind === 'fmtp') values.codec = codecs[values.payload!] ?? '';
  // The name of an extension comes last in its URI.
  if (kind === 'extmap') values.extension = values.uri!.split(/[/:]/).at(-1) ?? '';
  return { text, kind, values };
}
