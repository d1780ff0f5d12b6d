import { answer, candidate, offer, readAs } from '../protocol/fields.js';
import type { Candidate, CallKind, Description, ServerMessage } from '../protocol/messages.js';

/** A message in a basic client's vocabulary; undefined where that has no word for it. */
export function toBasicMessage(message: ServerMessage): ServerMessage | undefined {
  const { type, name } = message as { type: ServerMessage['type']; name: string };
  switch (message.type) {
    case 'call':
    case 'offer':
      return { type: 'offer', name, offer: message.offer! };
    case 'accept':
    case 'answer':
      return { type: 'answer', name, answer: message.answer! };
    case 'decline':
    case 'busy':
    case 'cancel':
    case 'leave':
      return { type: 'leave', name };
    case 'candidate':
      return { type, name, candidate: message.candidate } as ServerMessage;
    default:
      return undefined;
  }
}

/** A basic client's description as a kit client may trust it, or undefined when it is none. */
export const basicDescription = (type: 'offer' | 'answer', content: unknown) =>
  readAs<Description>(type === 'offer' ? offer : answer, typed(type, content));

/** A basic client's candidate as a kit client may trust it, or undefined when it is none. */
export const basicCandidate = (content: unknown) => readAs<Candidate>(candidate, content);

/** The message's field says what a description is; some clients leave its own type out. */
const typed = (type: string, content: unknown): unknown =>
  typeof content === 'object' && content !== null ? { ...content, type } : content;

/** The kind of call that a basic client offers, read from its media sections. */
export function callKindOf({ sdp }: Description): CallKind {
  const has = (media: string) => new RegExp(`^m=${media} `, 'm').test(sdp);
  if (has('video')) return 'video';
  return has('audio') ? 'voice' : 'chat';
}
