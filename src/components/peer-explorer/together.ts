import { html, nothing } from 'lit';
import type { Call } from '../../core/call/call.js';
import { SteppedCall, callSteps } from '../../core/inspect/stepped-call.js';
import { hints, stepList } from './steps.js';
import type { Tools } from './tools.js';

/** The element around the panel. */
interface Host {
  readonly provider: string;
  readonly peer: string;
  readonly renderRoot: ParentNode;
}

/** Connects with another person, through the provider. */
export class TogetherPanel {
  readonly #host: Host;
  readonly #tools: Tools;
  /** The connection of the call with the other person. */
  #pc: RTCPeerConnection | undefined;
  /** The current call, if it is taken step by step. */
  #stepped: SteppedCall | undefined;
  /** Code of what is wrong with the name. */
  #problem = '';

  constructor(host: Host, tools: Tools) {
    this.#host = host;
    this.#tools = tools;
  }

  get pc(): RTCPeerConnection | undefined {
    return this.#pc;
  }

  /** A call is on, or rings at the partner. */
  get inCall(): boolean {
    const { shown, ringing } = this.#tools.presented();
    return !!shown && !shown.ended && shown !== ringing;
  }

  /** The stream of the devices of this page, in a call. */
  get sent(): MediaStream | undefined {
    return this.#tools.presented().shown?.state.local.stream;
  }

  /** The stream that the other person sends. */
  get arrived(): MediaStream | undefined {
    return this.#tools.presented().shown?.state.remote.stream;
  }

  /** Takes the next step. The first calls the person who is named, or accepts the call that rings. */
  step(): void {
    if (this.#stepped?.call.ended === false) this.#stepped.step();
    else if (!this.inCall) this.#begin(true);
  }

  /** Takes all steps that are left. */
  establish(): void {
    if (this.inCall) this.#stepped?.finish();
    else this.#begin(false);
  }

  createChannel(label: string, options: RTCDataChannelInit): void {
    const { log, channels } = this.#tools;
    log.add('step', 'createDataChannel()', JSON.stringify({ label, ...options }));
    channels.add(this.#pc!.createDataChannel(label, options));
  }

  /** Follows the calls of the explorer, to watch the connection of the call shown. */
  follow(): void {
    const { shown, ringing } = this.#tools.presented();
    this.#attend(shown?.transport?.pc);
    // The next call has steps of its own.
    if (ringing && this.#stepped?.call.ended) this.#stepped = undefined;
  }

  forget(): void {
    this.#pc = this.#stepped = undefined;
  }

  render() {
    const { say, choices, t, problem, session, presented } = this.#tools;
    const away = session()?.signaling.state.status !== 'signed-in';
    const { ringing } = presented();
    const stepped = this.#stepped;
    const done = stepped?.state.done ?? 0;
    const going = !!stepped?.next && !stepped.call.ended;
    const direction = stepped?.call.direction ?? (ringing ? 'incoming' : 'outgoing');
    const names = callSteps[direction];
    return html`
      <section>
        <p class="hint">${say('together-hint')}</p>
        <rtc-login
          exportparts="form: login-form, status: login-status, error: login-error"
          .provider=${this.#host.provider}
        ></rtc-login>
        <form novalidate @submit=${this.#onSubmit}>
          ${choices.render(this.inCall, true)}
          <label>
            ${t('username-to-call')}
            <input
              name="peer"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-invalid=${this.#problem ? 'true' : 'false'}
              aria-describedby="problem"
              .value=${this.#host.peer}
            />
          </label>
          <div class="buttons">
            <button class="primary" ?disabled=${away} aria-disabled=${this.inCall && !going}>
              ${say('establish')}
            </button>
            <button
              value="step"
              ?disabled=${away}
              aria-disabled=${this.inCall && !(going && stepped.state.ready)}
            >
              ${say('next-step')}
            </button>
          </div>
        </form>
        <p part="progress" role="status">${this.#progress(direction)}</p>
        <p role="alert" id="problem" class=${this.#problem ? 'error' : 'unseen'}>
          ${problem(this.#problem)}
        </p>
        ${stepList(say, { names, hints: hints[direction], done, under: going })}
      </section>
    `;
  }

  /** Renders the next step of a stepped call, or its result. */
  #progress(direction: Call['direction']) {
    const { say, session } = this.#tools;
    const stepped = this.#stepped;
    const [first] = callSteps[direction];
    if (!stepped) return this.inCall ? nothing : say('step-is', { step: first });
    const { call, next, state } = stepped;
    if (!next) return say('steps-done');
    const seconds = session()!.settings.connectTimeout / 1000;
    if (call.ended) return say('steps-late', { seconds });
    if (state.ready || call.state.phase !== 'ringing') return say('step-is', { step: next });
    return say('step-waits', { name: call.name, seconds });
  }

  /** Accepts the call that rings here, or makes one. */
  #begin(stepwise: boolean): void {
    const { log, presented, update } = this.#tools;
    const { ringing } = presented();
    const call = ringing ?? this.#call();
    void ringing?.accept();
    update();
    const pc = call?.transport?.pc;
    // Two people who are connected already need no steps.
    if (!stepwise || !pc) return;
    this.#attend(pc);
    this.#stepped = new SteppedCall(call, pc, log);
    this.#stepped.addEventListener('change', update);
  }

  #call(): Call | undefined {
    const field = this.#host.renderRoot.querySelector<HTMLInputElement>('[name="peer"]');
    const name = field?.value ?? this.#host.peer;
    this.#problem = name.trim() ? '' : 'bad-name';
    if (this.#problem) {
      field?.focus();
      return undefined;
    }
    const { session, choices } = this.#tools;
    return session()?.call(name, choices.kind);
  }

  #attend(pc: RTCPeerConnection | undefined): void {
    if (!pc || pc === this.#pc) return;
    const { forget, log, watch, channels } = this.#tools;
    forget();
    this.#pc = pc;
    log.watch(pc);
    watch.watch(pc);
    pc.addEventListener('datachannel', ({ channel }) => {
      // The kit's own chat has a channel that is not for the explorer.
      if (channel.label !== 'chat') channels.add(channel);
    });
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const stepwise = (event.submitter as HTMLButtonElement | null)?.value === 'step';
    if (stepwise) this.step();
    else this.establish();
  };
}
