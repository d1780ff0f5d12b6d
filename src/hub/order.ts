import type { Order } from '../protocol/messages.js';

/** What a message needs to arrive once and in order, as it is passed on with it. */
export function orderOf({ link, seq, after }: Order): Order {
  return link === undefined ? {} : { link, seq, after };
}
