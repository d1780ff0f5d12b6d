import type { PageServer } from './page-server.js';
import { until } from './until.js';

type Message = Record<string, unknown> & { type: string };

const clients: BasicClient[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

/**
 * A page as the course builds it: it knows the course's messages and no others, and one peer
 * connection. Fires `change` with each message and each state of the connection.
 */
export class BasicClient extends EventTarget {
  readonly received: Message[] = [];
  /** The texts that arrived over the data channel. */
  readonly texts: string[] = [];
  readonly pc = new RTCPeerConnection();
  channel: RTCDataChannel | undefined;
  readonly #socket: WebSocket;
  #partner = '';

  private constructor(socket: WebSocket) {
    super();
    clients.push(this);
    this.#socket = socket;
    socket.onmessage = ({ data }) => void this.#receive(JSON.parse(String(data)) as Message);
    this.pc.onicecandidate = ({ candidate }) => {
      if (candidate) this.send({ type: 'candidate', name: this.#partner, candidate });
    };
    this.pc.onconnectionstatechange = () => this.#changed();
    this.pc.ondatachannel = ({ channel }) => this.#use(channel);
  }

  /** Signs in. */
  static async login(server: PageServer, name: string): Promise<BasicClient> {
    const socket = new WebSocket(server.url);
    const client = new BasicClient(socket);
    await new Promise((resolve) => (socket.onopen = resolve));
    client.send({ type: 'login', name });
    await client.heard('login');
    return client;
  }

  /** Calls somebody, for these media and text. */
  async call(name: string, ...kinds: ('audio' | 'video')[]): Promise<void> {
    this.#partner = name;
    for (const kind of kinds) this.pc.addTransceiver(kind);
    this.#use(this.pc.createDataChannel('channel1'));
    const offer = await this.pc.createOffer();
    this.send({ type: 'offer', name, offer });
    await this.pc.setLocalDescription(offer);
  }

  /** Waits for a message of this type. */
  heard(type: string): Promise<Message> {
    return until(this, () => this.received.find((message) => message.type === type));
  }

  /** Waits until media or text can flow. */
  async connected(): Promise<void> {
    await until(this, () => this.pc.connectionState === 'connected');
  }

  hangUp(): void {
    this.send({ type: 'leave', name: this.#partner });
    this.pc.close();
  }

  send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  close(): void {
    this.#socket.close();
    this.pc.close();
  }

  async #receive(message: Message): Promise<void> {
    const { pc } = this;
    if (message.type === 'offer') {
      this.#partner = String(message.name);
      await pc.setRemoteDescription(message.offer as RTCSessionDescriptionInit);
      const answer = await pc.createAnswer();
      await pc.setLocalDescription(answer);
      this.send({ type: 'answer', name: this.#partner, answer });
    } else if (message.type === 'answer') {
      await pc.setRemoteDescription(message.answer as RTCSessionDescriptionInit);
    } else if (message.type === 'candidate') {
      await pc.addIceCandidate(message.candidate as RTCIceCandidateInit);
    } else if (message.type === 'leave') {
      pc.close();
    }
    this.received.push(message);
    this.#changed();
  }

  #use(channel: RTCDataChannel): void {
    this.channel = channel;
    channel.onopen = () => this.#changed();
    channel.onmessage = ({ data }) => {
      this.texts.push(String(data));
      this.#changed();
    };
  }

  #changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
