import { Refusal } from './refusal.js';

/** The credentials that a login shows. */
export interface Credentials {
  /** The name asked for, as it would be kept; undefined where it is none. */
  readonly name: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** Where the connection comes from; empty where that is unknown. */
  readonly address: string;
}

/** A person who was admitted. */
export interface Admitted {
  /** The name to take: with a token, the token's. */
  readonly name: string;
  /** When a token ends, in milliseconds since 1970. */
  readonly until?: number | undefined;
}

type Maybe<T> = T | Promise<T>;

/** Says who may take which name, and until when. */
export interface Admission {
  /** @throws {Refusal} when they are not let in */
  admit(who: Credentials): Maybe<Admitted>;
  /**
   * Signs the ticket that somebody goes on with, so that a hub after this one lets them in again.
   * Where that cannot be done, the ticket as it is.
   */
  sign?(name: string, ticket: string): Maybe<string>;
  /** Lets in by a ticket that a previous hub has signed; undefined if the ticket is invalid. */
  readmit?(name: string, signed: string): Maybe<Admitted | undefined>;
  /** Whether somebody who was let in without a token would still be, with the right password. */
  knows(name: string): Maybe<boolean>;
  /** Tells of names, by their key, whose sessions must end, until the returned function is called. */
  watch(listener: (key: string) => void): () => void;
}

/** Lets in anyone, by name. */
export const anyone: Admission = {
  admit({ name, token }) {
    if (token !== undefined) throw new Refusal('token-invalid', 'This server takes no tokens');
    return { name: name! };
  },
  knows: () => true,
  watch: () => () => {},
};
