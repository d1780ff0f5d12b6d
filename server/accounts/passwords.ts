import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { randomId } from 'rtc-widgets/protocol';
import { signInBusy } from 'rtc-widgets/hub';
import { Queue } from './queue.js';

/** How passwords are hashed, and how many at once. */
export interface PasswordSettings {
  /** KiB of memory for one hash. */
  memory: number;
  /** Passes over it. */
  passes: number;
  /** Hashes made at the same time, each on a thread of its own. */
  atOnce: number;
  /** How many may wait for that. */
  waiting: number;
  /** And how many from one address. */
  waitingPerAddress: number;
}

/** Memory and passes: OWASP, Password Storage Cheat Sheet, the first choice for argon2id. */
export const defaultPasswordSettings: PasswordSettings = {
  memory: 19 * 1024,
  passes: 2,
  // Leaves a processor for everyone who is signed in already, and one of the four threads of
  // Node's pool for the files that are served.
  atOnce: Math.max(1, Math.min(3, availableParallelism() - 1)),
  waiting: 1024,
  waitingPerAddress: 128,
};

/** Seconds until somebody who found the queue full may try again. */
const TRY_AGAIN = 5;

/** The number of argon2id, as PHC strings and the library count them (RFC 9106, section 3.1). */
const ARGON2ID = 2;

/** Hashes passwords and compares them with hashes, off the event loop. */
export class Passwords {
  readonly #settings: PasswordSettings;
  readonly #queue: Queue;
  readonly #options: { memoryCost: number; timeCost: number; parallelism: number };
  /** The hash that a password is compared with where the name has no account. */
  readonly #nobody: Promise<string>;

  constructor(settings: Partial<PasswordSettings> = {}) {
    this.#settings = { ...defaultPasswordSettings, ...settings };
    const { memory, passes, atOnce, waiting, waitingPerAddress } = this.#settings;
    const bounds = { atOnce, waiting, waitingPerKey: waitingPerAddress };
    this.#queue = new Queue(bounds, () => signInBusy(TRY_AGAIN));
    this.#options = { memoryCost: memory, timeCost: passes, parallelism: 1 };
    this.#nobody = hash(randomId(), this.#options);
  }

  /**
   * @param from whose turn it takes: an address as it is counted
   * @throws {Refusal} `sign-in-busy` when too many wait
   */
  async hash(password: string, from = ''): Promise<string> {
    const hashed = await this.#queue.run(from, () => hash(spelled(password), this.#options));
    this.#queue.forgive(from);
    return hashed;
  }

  /**
   * Whether this is the password of that hash. Without a hash it is not, and takes as long.
   * @param from whose turn it takes: an address as it is counted
   * @throws {Refusal} `sign-in-busy` when too many wait
   */
  async verify(password: string, hashed: string | undefined, from = ''): Promise<boolean> {
    const compared = hashed ?? (await this.#nobody);
    const same = await this.#queue.run(from, () => verify(compared, spelled(password)));
    const fits = same && hashed !== undefined;
    if (fits) this.#queue.forgive(from);
    return fits;
  }

  /** Whether a hash was made with less than is asked for today. */
  isWeak(hashed: string): boolean {
    const { algorithm, memoryCost, timeCost } = parseOptions(hashed);
    const { memory, passes } = this.#settings;
    return (algorithm as number) !== ARGON2ID || memoryCost < memory || timeCost < passes;
  }
}

/** Gives characters that keyboards write in several ways one spelling (RFC 8265, section 4.2). */
const spelled = (password: string) => password.normalize('NFC');
