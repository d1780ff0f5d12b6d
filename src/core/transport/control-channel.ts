import { costOf } from '../budget.js';
import { readControlMessage, type ControlMessage } from './control-message.js';

/** The interface through which a control channel uses the transport that owns it. */
export interface ControlChannelHost {
  opened(): void;
  /** @param cost of reading what has come. @returns false to pass over it */
  mayRead(cost: number): boolean;
  heard(message: ControlMessage): void;
}

/**
 * The data channel on which two kit clients speak without the server: muted states, slots, hang-ups,
 * negotiation. Negotiated, with id 0, so that it is there from the first offer on.
 */
export class ControlChannel {
  readonly #channel: RTCDataChannel;

  constructor(pc: RTCPeerConnection, host: ControlChannelHost) {
    this.#channel = pc.createDataChannel('control', { negotiated: true, id: 0 });
    this.#channel.onopen = () => host.opened();
    this.#channel.onmessage = ({ data }) => {
      if (!host.mayRead(costOf(data))) return;
      const message = readControlMessage(data);
      if (message) host.heard(message);
    };
  }

  /** @returns false when the channel is not open */
  say(message: ControlMessage): boolean {
    if (this.#channel.readyState !== 'open') return false;
    this.#channel.send(JSON.stringify(message));
    return true;
  }

  /** Reads nothing more: what is on its way within the browser would arrive after a close. */
  ignore(): void {
    this.#channel.onmessage = this.#channel.onopen = null;
  }

  close(): void {
    this.ignore();
    this.#channel.close();
  }
}
