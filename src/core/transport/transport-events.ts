import type { RtcError } from '../errors.js';
import type { StoreEventMap } from '../store.js';
import type { LeaseMessage } from './control-message.js';

/** The partner has said something on the control channel that concerns a call or a chat. */
export class ControlEvent extends Event {
  readonly message: LeaseMessage;

  constructor(message: LeaseMessage) {
    super('control');
    this.message = message;
  }
}

/** A data channel other than the control channel is open. */
export class ChannelEvent extends Event {
  readonly channel: RTCDataChannel;

  constructor(channel: RTCDataChannel) {
    super('channel');
    this.channel = channel;
  }
}

/**
 * Something went wrong in a transport. After `partner-floods` nothing more is read of the partner:
 * each lease ends.
 */
export class TransportErrorEvent extends Event {
  readonly error: RtcError;

  constructor(error: RtcError) {
    super('error');
    this.error = error;
  }
}

/** The events of a transport, by type. */
export interface TransportEventMap extends StoreEventMap {
  control: ControlEvent;
  channel: ChannelEvent;
  error: TransportErrorEvent;
}
