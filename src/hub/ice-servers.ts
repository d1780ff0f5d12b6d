import type { Clock } from '../time/clock.js';
import type { SessionRef } from './directory.js';
import type { HubSettings } from './settings.js';

/** The STUN and TURN servers of one client: credentials for relays expire, and are renewed. */
export class IceServers {
  readonly #settings: Pick<HubSettings, 'iceServers' | 'relays'>;
  readonly #clock: Pick<Clock, 'now'>;
  /** When the credentials that the client has are to be renewed. */
  #renewal = Infinity;

  constructor(settings: Pick<HubSettings, 'iceServers' | 'relays'>, clock: Pick<Clock, 'now'>) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Whether half the lifetime of the client's credentials has passed. */
  get due(): boolean {
    return this.#clock.now() >= this.#renewal;
  }

  /** Makes a person's servers, with fresh credentials. */
  make({ key }: SessionRef): RTCIceServer[] {
    const { iceServers, relays } = this.#settings;
    if (!relays) return iceServers;
    this.#renewal = this.#clock.now() + relays.lifetime / 2;
    return [...iceServers, ...relays.credentials(key)];
  }
}
