import { availableParallelism } from 'node:os';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import { randomId } from '../../src/protocol/ids.js';
import { tooManyAttempts } from '../../src/hub/refusal.js';
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
}

/** Memory and passes: OWASP, Password Storage Cheat Sheet, the first choice for argon2id. */
export const defaultPasswordSettings: PasswordSettings = {
  memory: 19 * 1024,
  passes: 2,
  // One processor stays for everyone who is signed in already.
  atOnce: Math.max(1, Math.min(4, availableParallelism() - 1)),
  waiting: 256,
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
  /** What a name without an account is compared with. */
  readonly #nobody: Promise<string>;

  constructor(settings: Partial<PasswordSettings> = {}) {
    this.#settings = { ...defaultPasswordSettings, ...settings };
    const { memory, passes, atOnce, waiting } = this.#settings;
    this.#queue = new Queue(atOnce, waiting);
    this.#options = { memoryCost: memory, timeCost: passes, parallelism: 1 };
    this.#nobody = hash(randomId(), this.#options);
  }

  /** @throws {Refusal} `too-many-attempts` when too many wait */
  hash(password: string): Promise<string> {
    return this.#run(() => hash(spelled(password), this.#options));
  }

  /**
   * Whether this is the password of that hash. Without a hash it is not, and takes as long.
   * @throws {Refusal} `too-many-attempts` when too many wait
   */
  async verify(password: string, hashed: string | undefined): Promise<boolean> {
    const compared = hashed ?? (await this.#nobody);
    const fits = await this.#run(() => verify(compared, spelled(password)));
    return fits && hashed !== undefined;
  }

  /** Whether a hash was made with less than is asked for today. */
  isWeak(hashed: string): boolean {
    const { algorithm, memoryCost, timeCost } = parseOptions(hashed);
    const { memory, passes } = this.#settings;
    return (algorithm as number) !== ARGON2ID || memoryCost < memory || timeCost < passes;
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#queue.full) throw tooManyAttempts(TRY_AGAIN);
    return this.#queue.run(task);
  }
}

/** One spelling of what keyboards write in several (RFC 8265, section 4.2). */
const spelled = (password: string) => password.normalize('NFC');
