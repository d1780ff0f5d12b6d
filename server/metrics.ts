import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from 'rtc-widgets/hub';
import { endReasons } from 'rtc-widgets/protocol';
import type { ServerEvent } from './events.js';

/** Counts made elsewhere, where every frame passes. */
export interface Traffic {
  readonly size: number;
  readonly frames: { readonly in: number; readonly out: number };
}

/** Calls that are timed at once; more only where calls begin here and end in other processes. */
const MOST_TIMED = 100_000;

/** How calls end: what else a client says is counted as one, or it could make up any number. */
const outcomes = new Set<string>(endReasons);

/** The metrics that operators watch, in Prometheus's format. Fed by the server's events. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #clock: Clock;
  readonly #loopDelay = monitorEventLoopDelay({ resolution: 10 });
  /** When calls have begun to ring. */
  readonly #calls = new Map<string, number>();

  readonly #signIns = this.#counter('sign_ins_total', 'Sign-ins, by result', ['result']);
  readonly #signOuts = this.#counter('sign_outs_total', 'Ended sessions, by reason', ['reason']);
  readonly #callsStarted = this.#counter('calls_started_total', 'Calls that rang', ['kind']);
  readonly #callsAccepted = this.#counter('calls_accepted_total', 'Calls that were taken');
  readonly #callsEnded = this.#counter('calls_ended_total', 'Calls, by outcome', ['outcome']);
  readonly #callSeconds = new Histogram({
    name: 'rtc_call_duration_seconds',
    help: 'From the first ring to the end, by how it ended',
    labelNames: ['outcome'],
    buckets: [1, 5, 15, 45, 120, 300, 900, 1800, 3600, 7200],
    registers: [this.#registry],
  });
  readonly #refusals = this.#counter('refusals_total', 'What was refused, by reason', ['reason']);
  readonly #faults = this.#counter('faults_total', 'Errors of the server itself');
  readonly #certificates = this.#counter('certificates_refused_total', 'Certificates not taken');
  readonly #busDelay = new Histogram({
    name: 'rtc_bus_delay_seconds',
    help: 'How long Redis takes to answer, and so a message to another process',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.#registry],
  });

  constructor(traffic: Traffic, clock: Clock) {
    this.#clock = clock;
    const registers = [this.#registry];
    this.#collected('rtc_connections', 'Open WebSocket connections', () => traffic.size);
    new Counter({
      name: 'rtc_frames_total',
      help: 'Frames, by direction: in is from clients',
      labelNames: ['direction'],
      registers,
      collect() {
        this.reset();
        this.inc({ direction: 'in' }, traffic.frames.in);
        this.inc({ direction: 'out' }, traffic.frames.out);
      },
    });
    const loop = this.#loopDelay;
    new Gauge({
      name: 'rtc_event_loop_delay_seconds',
      help: 'How late the process comes to what is due, since the last look',
      labelNames: ['quantile'],
      registers,
      collect() {
        for (const quantile of [50, 99, 100]) {
          // Without a sample there is no quantile.
          const delay = loop.count ? loop.percentile(quantile) / 1e9 : 0;
          this.set({ quantile: String(quantile / 100) }, delay);
        }
        loop.reset();
      },
    });
    this.#collected('process_resident_memory_bytes', 'Memory in use', () =>
      process.memoryUsage.rss(),
    );
    new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Time spent computing',
      registers,
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    });
    loop.enable();
  }

  /** Stops measuring: nothing of it is left. */
  close(): void {
    this.#loopDelay.disable();
  }

  /** All figures, as Prometheus reads them. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Counts what happens. */
  readonly observe = (event: ServerEvent): void => {
    switch (event.type) {
      case 'signed-in':
        return this.#signIns.inc({ result: event.resumed ? 'resumed' : 'new' });
      case 'signed-out':
        return this.#signOuts.inc({ reason: event.reason });
      case 'refused':
        if (event.signIn) this.#signIns.inc({ result: event.code });
        return this.#refusals.inc({ reason: event.code });
      case 'limit-exceeded':
        return this.#refusals.inc({ reason: event.code });
      case 'turned-away':
        return this.#refusals.inc({ reason: event.reason });
      case 'call-started':
        this.#time(event.call);
        return this.#callsStarted.inc({ kind: event.kind });
      case 'call-accepted':
        return this.#callsAccepted.inc();
      case 'call-ended':
        return this.#ended(event.call, outcomes.has(event.reason) ? event.reason : 'other');
      case 'bus-delay':
        return this.#busDelay.observe(event.delay / 1000);
      case 'fault':
        return this.#faults.inc();
      case 'certificate-refused':
        return this.#certificates.inc();
    }
  };

  #time(call: string): void {
    this.#calls.set(call, this.#clock.now());
    if (this.#calls.size > MOST_TIMED) this.#calls.delete(this.#calls.keys().next().value!);
  }

  #ended(call: string, outcome: string): void {
    this.#callsEnded.inc({ outcome });
    const start = this.#calls.get(call);
    this.#calls.delete(call);
    // A call that began at another server, or before this one started, was not timed here.
    if (start !== undefined) {
      this.#callSeconds.observe({ outcome }, (this.#clock.now() - start) / 1000);
    }
  }

  #counter(name: string, help: string, labelNames: string[] = []): Counter {
    return new Counter({ name: `rtc_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #collected(name: string, help: string, value: () => number): void {
    const registers = [this.#registry];
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }
}
