import { html } from 'lit';
import { LocalPair, pairSteps } from '../../core/inspect/local-pair.js';
import { capture } from '../../core/media/capture.js';
import { deviceSettings } from '../../explorers/device-settings.js';
import { hints, stepList } from './steps.js';
import type { Tools } from './tools.js';

/** Connects two ends on this page. */
export class AlonePanel {
  readonly #tools: Tools;
  #pair: LocalPair | undefined;
  #stream: MediaStream | undefined;
  #arrived: MediaStream | undefined;
  #pending = false;
  /** The error of a step, or the error code of a device. */
  #problem = '';

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /** Both ends, by their names. */
  get ends(): (readonly [string, RTCPeerConnection])[] {
    return this.#pair?.ends ?? [];
  }

  /** The stream of the devices, which A sends. */
  get sent(): MediaStream | undefined {
    return this.#stream;
  }

  /** The stream that B receives. */
  get arrived(): MediaStream | undefined {
    return this.#arrived;
  }

  /** Takes the next step. */
  step(): Promise<void> {
    return this.#take(1);
  }

  /** Takes all steps that are left. */
  establish(): Promise<void> {
    return this.#take(pairSteps.length);
  }

  createChannel(label: string, options: RTCDataChannelInit): void {
    this.#pair!.createChannel(label, options);
  }

  close(): void {
    this.#pair?.close();
    // A step under way at a closed end never ends.
    this.#pending = false;
    this.#stopDevices();
  }

  forget(): void {
    this.#pair?.close();
    this.#pair = this.#arrived = undefined;
    this.#stopDevices();
  }

  render() {
    const { say, choices, problem } = this.#tools;
    const pair = this.#pair;
    const done = pair?.done ?? 0;
    const under = done > 0 && !!pair?.next;
    const next = pair?.next ?? pairSteps[0];
    return html`
      <section>
        <p class="hint">${say('alone-hint')}</p>
        ${choices.render(under, false)}
        <div class="buttons">
          <button class="primary" aria-disabled=${this.#pending} @click=${() => this.establish()}>
            ${say('establish')}
          </button>
          <button aria-disabled=${this.#pending} @click=${() => this.step()}>
            ${say('next-step')}
          </button>
        </div>
        <p part="progress" role="status">
          ${done && !under ? say('steps-again') : say('step-is', { step: next })}
        </p>
        <p role="alert" class=${this.#problem ? 'error' : 'unseen'}>${problem(this.#problem)}</p>
        ${stepList(say, { names: pairSteps, hints: hints.alone, done, under })}
      </section>
    `;
  }

  async #take(steps: number): Promise<void> {
    if (this.#pending) return;
    this.#pending = true;
    this.#problem = '';
    this.#tools.update();
    try {
      if (!this.#pair?.next || this.#pair.closed) await this.#open();
      const pair = this.#pair!;
      for (let taken = 0; taken < steps && pair.next; taken++) {
        await pair.step();
        // The tag has left the page meanwhile, or another pair was begun.
        if (pair !== this.#pair) return pair.close();
        this.#tools.watch.watch(pair.A);
        this.#tools.update();
      }
    } catch (error) {
      this.#problem = String(error);
    } finally {
      this.#pending = false;
      this.#tools.update();
    }
  }

  /** Makes a new pair, with the devices that it is to send from. */
  async #open(): Promise<void> {
    const { log, channels, choices, forget, update } = this.#tools;
    forget();
    const { sound: audio, picture: video, channel } = choices;
    const session = this.#tools.session();
    if (audio || video) {
      const { stream, error } = await capture({ audio, video }, deviceSettings(session));
      this.#stream = stream;
      this.#problem = error?.code ?? '';
    }
    const iceServers = session?.iceServers ?? [];
    this.#pair = new LocalPair(
      log,
      {
        configuration: { iceServers },
        stream: this.#stream,
        channel: channel ? { label: 'data', options: {} } : undefined,
      },
      (channel, end) => channels.add(channel, end),
      (stream) => {
        this.#arrived = stream;
        update();
      },
    );
  }

  #stopDevices(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = undefined;
  }
}
