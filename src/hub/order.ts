import type { Order } from '../protocol/messages.js';

/** The fields by which a message arrives once and in order, as they are relayed with it. */
export function orderOf({ link, seq, after }: Order): Order {
  return link === undefined ? {} : { link, seq, after };
}
