import type { WireErrorCode } from '../protocol/messages.js';

/** Why a message is not served, told to its sender only. */
export class Refusal extends Error {
  readonly code: WireErrorCode;
  readonly call: string | undefined;
  /** In how many seconds to try again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(code: WireErrorCode, message: string, call?: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.call = call;
    this.retryAfter = retryAfter;
  }
}

export const unable = () => new Refusal('internal', 'The server could not do that');

export const notOnline = (name: string, call?: string) =>
  new Refusal('not-online', `${name} is not online`, call);

export const mailboxFull = (name: string, call?: string) =>
  new Refusal('mailbox-full', `No more messages can wait for ${name}`, call);

export const noSuchCall = (call?: string) =>
  new Refusal('no-such-call', 'There is no such call between you', call);

export const tooManyAttempts = (retryAfter: number) =>
  new Refusal(
    'too-many-attempts',
    `Too many attempts: try again in ${retryAfter} s`,
    undefined,
    retryAfter,
  );

export const tooManyCalls = (name: string, call?: string) =>
  new Refusal('too-many-calls', `${name} is in too many calls`, call);

export const tooManyRings = (retryAfter: number, call?: string) =>
  new Refusal('too-many-rings', `You ring too often: try again in ${retryAfter} s`, call);

export const tooManyNames = () =>
  new Refusal('too-many-names', 'Too many people are signed in from this address: try again later');

export const signInBusy = (retryAfter: number) =>
  new Refusal(
    'sign-in-busy',
    `Too many people are signing in: try again in ${retryAfter} s`,
    undefined,
    retryAfter,
  );

export const badField = (field: string, type: string, call?: string) =>
  new Refusal('bad-message', `The field "${field}" of "${type}" is wrong`, call);

export const nameTaken = () => new Refusal('name-taken', 'Somebody with this name is online');

export const unavailable = (call?: string) =>
  new Refusal('unavailable', 'The server cannot know that now: try again', call);
