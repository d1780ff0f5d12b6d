import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const COOKIE = 0x2112a442;

/** Methods (RFC 8489, section 18.2; RFC 8656, section 17). */
const method = { binding: 1, allocate: 3, createPermission: 8, channelBind: 9 };
const SEND_INDICATION = 0x0016;
const DATA_INDICATION = 0x0017;

/** Attributes (RFC 8489, section 18.3; RFC 8656, section 18). */
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  peer: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  family: 0x0017,
  transport: 0x0019,
};

interface Answer {
  /** 0 for success, else the error code. */
  code: number;
  attributes: Map<number, Buffer>;
}

/** As much of a TURN client (RFC 8656, over UDP) as asks a relay for everything. */
export class TurnClient {
  readonly #socket: Socket;
  readonly #port: number;
  readonly #username: string;
  readonly #password: string;
  readonly #waiting = new Map<string, (message: Buffer) => void>();
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);
  #closed = false;
  /** Called with what a peer has sent. */
  ondata: (data: string) => void = () => {};

  private constructor(socket: Socket, port: number, username = '', password = '') {
    this.#socket = socket;
    this.#port = port;
    this.#username = username;
    this.#password = password;
    socket.on('message', (message) => {
      if (message.readUInt16BE(0) === DATA_INDICATION) {
        this.ondata(attributesOf(message).get(attribute.data)!.toString());
      } else this.#waiting.get(message.subarray(8, 20).toString('hex'))?.(message);
    });
  }

  /** @param port of the relay on this machine */
  static async open(port: number, { username, credential }: RTCIceServer = { urls: [] }) {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new TurnClient(socket, port, username, credential);
  }

  close(): void {
    this.#closed = true;
    this.#socket.close();
  }

  /** Settles when the relay answers at all. */
  binding(): Promise<Answer> {
    return this.#ask(method.binding, []);
  }

  /** @returns 0, or why there is no allocation */
  async allocate(family: 4 | 6 = 4): Promise<number> {
    const udp = [attribute.transport, Buffer.from([17, 0, 0, 0])] as const;
    const wanted = [attribute.family, Buffer.from([family === 6 ? 2 : 1, 0, 0, 0])] as const;
    const { code, attributes } = await this.#ask(method.allocate, [udp, wanted]);
    // The first is always refused, with what the next one needs (RFC 8489, section 9.2).
    if (code !== 401 || this.#nonce.length) return code;
    this.#realm = attributes.get(attribute.realm)!;
    this.#nonce = attributes.get(attribute.nonce)!;
    return this.allocate(family);
  }

  /** @returns 0, or why nothing may be sent to this address */
  async permit(address: string): Promise<number> {
    return (await this.#ask(method.createPermission, [[attribute.peer, { address, port: 0 }]]))
      .code;
  }

  /** @returns 0, or why there is no channel to this address */
  async bindChannel(address: string, port: number): Promise<number> {
    const channel = [attribute.channel, Buffer.from([0x40, 0, 0, 0])] as const;
    const peer = [attribute.peer, { address, port }] as const;
    return (await this.#ask(method.channelBind, [channel, peer])).code;
  }

  /** Sends something to a peer, as far as the relay lets it. */
  send(address: string, port: number, data: string): void {
    const peer = [attribute.peer, { address, port }] as const;
    const message = encode(SEND_INDICATION, randomBytes(12), [
      peer,
      [attribute.data, Buffer.from(data)],
    ]);
    this.#socket.send(message, this.#port, '127.0.0.1');
  }

  async #ask(type: number, attributes: Attributes): Promise<Answer> {
    const id = randomBytes(12);
    const key = id.toString('hex');
    const message = this.#nonce.length
      ? encode(type, id, [...attributes, ...this.#who()], this.#key())
      : encode(type, id, attributes);
    const stop = new AbortController();
    const answered = new Promise<Buffer>((resolve) => this.#waiting.set(key, resolve));
    const asking = this.#repeat(message, stop.signal);
    const answer = await answered;
    stop.abort();
    await asking;
    this.#waiting.delete(key);
    const found = attributesOf(answer);
    const error = found.get(attribute.error);
    return { code: error ? error[2]! * 100 + error[3]! : 0, attributes: found };
  }

  /** Sends a message again in case it is lost (RFC 8489, section 6.2.1). */
  async #repeat(message: Buffer, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.#closed) {
      this.#socket.send(message, this.#port, '127.0.0.1');
      await delay(100, undefined, { signal }).catch(() => {});
    }
  }

  #who(): Attributes {
    return [
      [attribute.username, Buffer.from(this.#username)],
      [attribute.realm, this.#realm],
      [attribute.nonce, this.#nonce],
    ];
  }

  #key(): Buffer {
    const words = `${this.#username}:${this.#realm.toString()}:${this.#password}`;
    return createHash('md5').update(words).digest();
  }
}

type Attributes = (readonly [number, Buffer | PeerAddress])[];

/** Where a relay is to send to. */
interface PeerAddress {
  address: string;
  port: number;
}

/** A message, signed where there is a key to (RFC 8489, section 14.5). */
function encode(type: number, id: Buffer, attributes: Attributes, key?: Buffer): Buffer {
  const body = Buffer.concat(
    attributes.map(([name, value]) =>
      encodeAttribute(name, Buffer.isBuffer(value) ? value : xorAddress(value, id)),
    ),
  );
  const signature = key ? 24 : 0;
  const header = Buffer.alloc(8);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length + signature, 2);
  header.writeUInt32BE(COOKIE, 4);
  const message = Buffer.concat([header, id, body]);
  if (!key) return message;
  const hmac = createHmac('sha1', key).update(message).digest();
  return Buffer.concat([message, encodeAttribute(attribute.integrity, hmac)]);
}

function encodeAttribute(name: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(name, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}

function attributesOf(message: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 20; at < message.length;) {
    const length = message.readUInt16BE(at + 2);
    found.set(message.readUInt16BE(at), message.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return found;
}

/** An address as it travels (RFC 8489, section 14.2), so that no NAT on the way changes it. */
function xorAddress({ address, port }: PeerAddress, id: Buffer): Buffer {
  const bytes = bytesOf(address);
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(COOKIE, 0);
  id.copy(mask, 4);
  const head = Buffer.alloc(4);
  head[1] = bytes.length === 16 ? 2 : 1;
  head.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  return Buffer.concat([head, bytes.map((byte, index) => byte ^ mask[index]!)]);
}

function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  const groups = (text: string) =>
    text
      .split(':')
      .filter(Boolean)
      .flatMap((group) =>
        group.includes('.')
          ? [...bytesOf(group)]
          : [parseInt(group, 16) >> 8, parseInt(group, 16) & 255],
      );
  const [head, tail = []] = address.split('::').map(groups) as [number[], number[]?];
  return Buffer.from([...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail]);
}
