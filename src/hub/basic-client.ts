import { answer, candidate, offer, readAs } from '../protocol/fields.js';
import type { Candidate, CallKind, Description, ServerMessage } from '../protocol/messages.js';

/** What a message says, in the words of the course; undefined where the course has none. */
export function inCourseWords(message: ServerMessage): ServerMessage | undefined {
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

/** A course client's description as one of the kit may trust it, or undefined when it is none. */
export const courseDescription = (type: 'offer' | 'answer', content: unknown) =>
  readAs<Description>(type === 'offer' ? offer : answer, typed(type, content));

/** A course client's candidate as one of the kit may trust it, or undefined when it is none. */
export const courseCandidate = (content: unknown) => readAs<Candidate>(candidate, content);

/** The course's field says what a description is; some clients leave its own type out. */
const typed = (type: string, content: unknown): unknown =>
  typeof content === 'object' && content !== null ? { ...content, type } : content;

/** What a course client's offer is for, read from its media sections. */
export function callKindOf({ sdp }: Description): CallKind {
  const has = (media: string) => new RegExp(`^m=${media} `, 'm').test(sdp);
  if (has('video')) return 'video';
  return has('audio') ? 'voice' : 'chat';
}
