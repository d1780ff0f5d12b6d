import type { ServerMessage } from '../protocol/messages.js';
import { CloseCode } from './connection.js';
import type { HubContext } from './context.js';

/** The longest that a timer waits, in milliseconds: setTimeout counts in 32 bits. */
const LONGEST = 2 ** 31 - 1;

/** The client whose token expires. */
export interface TokenHolder {
  send(message: ServerMessage): void;
  end(code: number, words: string): Promise<void>;
}

/**
 * Ends a client's session when its token expires, and warns the client before, for the page to
 * send a fresh one.
 * @param until in milliseconds since 1970
 * @returns a function that calls it off
 */
export function endWithToken(
  { clock, date, settings }: HubContext,
  client: TokenHolder,
  until: number,
): () => void {
  let cancel: () => void;
  const at = (moment: number, task: () => void): void => {
    const delay = moment - date();
    cancel =
      delay > LONGEST
        ? clock.after(LONGEST, () => at(moment, task))
        : clock.after(Math.max(delay, 0), task);
  };
  at(until - settings.tokenWarning, () => {
    const seconds = Math.max(0, Math.round((until - date()) / 1000));
    client.send({ type: 'token-expiring', seconds });
    at(until, () => void client.end(CloseCode.tokenExpired, 'The token has expired'));
  });
  return () => cancel();
}
