import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { StatsSeries, statsOf, type Stat } from '../core/inspect/stats-series.js';

/** Reads the statistics of a connection again and again, for as long as its tag is on the page. */
export class StatsWatch implements ReactiveController {
  /** The last report. */
  stats: readonly Stat[] = [];
  series = new StatsSeries();

  readonly #host: ReactiveControllerHost & { readonly interval: number };
  #pc: RTCPeerConnection | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param host says by its `interval` how often, in milliseconds */
  constructor(host: ReactiveControllerHost & { readonly interval: number }) {
    this.#host = host;
    host.addController(this);
  }

  /** Watches this connection from now on; none for undefined: what was read stays. */
  watch(pc: RTCPeerConnection | undefined): void {
    if (pc === this.#pc) return;
    this.#pc = pc;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (!pc) return;
    this.stats = [];
    this.series = new StatsSeries();
    this.#begin();
  }

  hostConnected(): void {
    this.#begin();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #begin(): void {
    if (!this.#pc || this.#timer) return;
    this.#timer = setInterval(() => void this.read(), this.#host.interval);
    void this.read();
  }

  /** Reads them now. */
  async read(): Promise<void> {
    const pc = this.#pc;
    // A closed connection has no new statistics.
    if (!pc || pc.signalingState === 'closed') return;
    const stats = await statsOf(pc);
    if (pc !== this.#pc || !stats.length) return;
    this.stats = stats;
    this.series.add(stats, performance.now());
    this.#host.requestUpdate();
  }
}
