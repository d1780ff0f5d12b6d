import { steadyDate } from '../../time/steady-date.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Call } from '../../core/call/call.js';
import { levelOf } from '../../core/call/level.js';

/** How often loudness is read, in milliseconds. */
const INTERVAL = 150;

/** Follows loudness and duration of a call while it is connected. */
export class MeterController implements ReactiveController {
  /** Loudness of the other person, 0 to 1. */
  level = 0;
  /** Since the call was connected. */
  seconds = 0;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #call: () => Call | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param call the connected call, if there is one */
  constructor(host: ReactiveControllerHost & HTMLElement, call: () => Call | undefined) {
    this.#host = host;
    this.#call = call;
    host.addController(this);
  }

  hostUpdated(): void {
    if (this.#call()) this.#timer ??= setInterval(() => this.#read(), INTERVAL);
    else this.hostDisconnected();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.level = this.seconds = 0;
  }

  #read(): void {
    const call = this.#call();
    if (!call) return;
    const seconds = Math.floor((steadyDate() - call.state.since!) / 1000);
    // Half as loud to the ear is a tenth of the power; the square root approximates that.
    const level = Math.sqrt(levelOf(call));
    if (seconds === this.seconds && level === this.level) return;
    this.seconds = seconds;
    this.level = level;
    this.#host.style.setProperty('--_rtc-level', level.toFixed(2));
    this.#host.requestUpdate();
  }
}
