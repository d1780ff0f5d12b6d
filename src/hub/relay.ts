import type { ServerMessage } from '../protocol/messages.js';
import type { Directory, SessionRef } from './directory.js';
import { then, type Maybe } from './maybe.js';
import { mailboxFull } from './refusal.js';

/**
 * Hands a message of one session to another.
 * @returns false when that session is gone
 * @throws {Refusal} when it is away and its mailbox is full
 */
export function relay(
  directory: Directory,
  to: SessionRef,
  message: ServerMessage,
): Maybe<boolean> {
  return then(directory.deliver(to, message), (delivered) => {
    if (delivered === 'full') throw mailboxFull(to.name);
    return delivered;
  });
}
