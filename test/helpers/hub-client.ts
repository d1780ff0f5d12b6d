import type { Client } from '../../src/hub/client.js';
import type { Hub } from '../../src/hub/hub.js';
import { settled } from './fake-clock.js';

/** Any message, as it comes out of JSON. */
export type Json = Record<string, unknown>;

/** An end of an in-memory connection to a hub, which keeps what it receives. */
export class HubClient {
  /** Everything received so far and not yet taken. */
  inbox: Json[] = [];
  /** Called with each message as it comes. */
  onmessage: ((message: Json) => void) | undefined;
  /** The code with which the hub closed this connection. */
  closedWith: number | undefined;
  readonly #client: Client;

  /** @param address where the connection comes from; unknown where it is not said */
  constructor(hub: Hub, address?: string) {
    this.#client = hub.connect({
      ...(address && { address }),
      send: (frame) => {
        const message = JSON.parse(frame) as Json;
        this.inbox.push(message);
        this.onmessage?.(message);
      },
      close: (code) => {
        this.closedWith = code;
        void this.close(code);
      },
    });
  }

  /** Sends a message, or a frame as it is, and waits until it has been served. */
  async send(message: object | string): Promise<void> {
    await this.#client.receive(typeof message === 'string' ? message : JSON.stringify(message));
    await settled();
  }

  async sendBinary(): Promise<void> {
    await this.#client.receiveBinary();
  }

  async close(code = 1006): Promise<void> {
    await this.#client.closed(code);
    await settled();
  }

  /** Returns the messages received since the last time. */
  take(): Json[] {
    return this.inbox.splice(0);
  }

  /** The only message received since the last time. */
  takeOne(): Json {
    const messages = this.take();
    if (messages.length !== 1) throw new Error(`Expected one message: ${JSON.stringify(messages)}`);
    return messages[0]!;
  }
}

/** A signed-in basic client. */
export const basicClient = (hub: Hub, name: string) => signedIn(hub, { type: 'login', name });

/** A signed-in kit client. */
export const kitClient = (hub: Hub, name: string, address?: string) =>
  signedIn(hub, { type: 'login', name, hello: { version: 1 } }, address);

async function signedIn(
  hub: Hub,
  login: object,
  address?: string,
): Promise<HubClient & { resume: string }> {
  const client = new HubClient(hub, address);
  await client.send(login);
  const answer = client.takeOne();
  if (!answer.success) throw new Error(`Not signed in: ${JSON.stringify(answer)}`);
  return Object.assign(client, { resume: answer.resume as string });
}
