import { readFileSync, statSync } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { Clock } from 'rtc-widgets/hub';
import type { ServerObserver } from './events.js';

/** The files, PEM. */
export interface CertificateFiles {
  /** The certificate, and the chain up to a certificate that clients trust. */
  cert: string;
  key: string;
}

/** How often the files are looked at, in milliseconds. */
const LOOK_INTERVAL = 5000;

/**
 * A certificate that is read again when its files change: who is connected stays so, and who
 * connects then gets the new one. One that cannot be used is reported, and the old one stays.
 */
export class Certificate {
  readonly #files: CertificateFiles;
  readonly #clock: Clock;
  readonly #observe: ServerObserver;
  readonly #servers: Server[] = [];
  #read: Pair;
  /** When the files were changed last. */
  #changed: string;
  #cancel: (() => void) | undefined;

  /** @throws {Error} in words, when the files cannot be read or do not belong together */
  constructor(files: CertificateFiles, clock: Clock, observe: ServerObserver) {
    this.#files = files;
    this.#clock = clock;
    this.#observe = observe;
    this.#changed = whenChanged(files);
    this.#read = read(files);
  }

  get pair(): Pair {
    return this.#read;
  }

  /** Gives a server each certificate that comes. */
  keep(server: Server): void {
    this.#servers.push(server);
  }

  start(): void {
    this.#cancel = this.#clock.after(LOOK_INTERVAL, () => {
      this.start();
      if (whenChanged(this.#files) !== this.#changed) this.reload();
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  /** Reads the files now. */
  reload(): void {
    this.#changed = whenChanged(this.#files);
    try {
      this.#read = read(this.#files);
      for (const server of this.#servers) server.setSecureContext(this.#read);
      this.#observe({ type: 'certificate-read' });
    } catch (error) {
      this.#observe({ type: 'certificate-refused', reason: (error as Error).message });
    }
  }
}

interface Pair {
  cert: Buffer;
  key: Buffer;
}

function read(files: CertificateFiles): Pair {
  try {
    const pair = { cert: readFileSync(files.cert), key: readFileSync(files.key) };
    // Says whether they are what they should be, and belong together.
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const why = (error as Error).message;
    throw new Error(`The certificate cannot be used: ${why}`, { cause: error });
  }
}

/** Changes when a file does, also where it is a link that leads to another one now. */
function whenChanged({ cert, key }: CertificateFiles): string {
  return [cert, key]
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found && `${found.ino} ${found.mtimeMs} ${found.size}`;
    })
    .join();
}
