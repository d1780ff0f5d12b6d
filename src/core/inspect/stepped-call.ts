import type { Call } from '../call/call.js';
import { Store } from '../store.js';
import type { ConnectionLog } from './connection-log.js';

/** The steps of connecting with another person, by the methods that this side's consist of. */
export const callSteps = {
  outgoing: [
    'createOffer()',
    'setLocalDescription(offer)',
    'setRemoteDescription(answer)',
    'addIceCandidate()',
  ],
  incoming: ['setRemoteDescription(offer)', 'setLocalDescription(answer)', 'addIceCandidate()'],
} as const;

const methods = ['setLocalDescription', 'setRemoteDescription', 'addIceCandidate'] as const;

type Method = (...args: unknown[]) => Promise<void>;

interface Held {
  /** Which step it is part of. */
  step: number;
  go: () => void;
}

/**
 * A call whose connection waits at each step until it is told to go on. The first step has been
 * taken when it is made: calling, or accepting. The partner goes its own pace. Fires `change`.
 */
export class SteppedCall extends Store<{
  /** The number of steps done. */
  done: number;
  /** The next step can be taken: what it needs of the partner is there. */
  ready: boolean;
}> {
  readonly call: Call;
  readonly steps: readonly string[];
  readonly #log: ConnectionLog;
  #held: readonly Held[] = [];

  /** @param call a call just made or accepted: nothing has come back yet */
  constructor(call: Call, pc: RTCPeerConnection, log: ConnectionLog) {
    super({ done: 0, ready: true });
    this.call = call;
    this.steps = callSteps[call.direction];
    this.#log = log;
    for (const method of methods) this.#hold(pc, method);
    // Local candidates wait like the partner's: with only half of them, ICE would give up.
    const { onicecandidate } = pc;
    pc.onicecandidate = async (event) => {
      await this.#turn(this.steps.length - 1);
      onicecandidate?.call(pc, event);
    };
    this.step();
  }

  /** The name of the next step, if there is one. */
  get next(): string | undefined {
    return this.steps[this.state.done];
  }

  /** Takes the next step, if it can be taken. */
  step(): void {
    if (!this.state.ready) return;
    this.#log.add('step', this.next!);
    this.#goOn(this.state.done + 1);
  }

  /** Lets all that is left go by itself. */
  finish(): void {
    this.#goOn(this.steps.length);
  }

  #goOn(done: number): void {
    const held = this.#held;
    this.#held = held.filter(({ step }) => step >= done);
    this.update({ done, ready: this.#isReady(done) });
    for (const { step, go } of held) if (step < done) go();
  }

  #hold(pc: RTCPeerConnection, method: (typeof methods)[number]): void {
    const step = this.steps.findIndex((name) => name.startsWith(method));
    const run = pc[method].bind(pc) as Method;
    const held: Method = async (...args) => {
      await this.#turn(step);
      return run(...args);
    };
    Object.assign(pc, { [method]: held });
  }

  /** Settles when a step may be taken, or has been. */
  async #turn(step: number): Promise<void> {
    if (step < this.state.done) return;
    await new Promise<void>((go) => {
      this.#held = [...this.#held, { step, go }];
      this.update({ ready: this.#isReady() });
    });
  }

  #isReady(done = this.state.done): boolean {
    return this.#held.some(({ step }) => step === done);
  }
}
