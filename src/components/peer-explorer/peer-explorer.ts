import { html, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import { CallWidget } from '../../context/call-widget.js';
import type { PageSession } from '../../context/page-session.js';
import type { Call } from '../../core/call/call.js';
import { ConnectionLog } from '../../core/inspect/connection-log.js';
import { LocalPair, pairSteps } from '../../core/inspect/local-pair.js';
import { SteppedCall, callSteps } from '../../core/inspect/stepped-call.js';
import { capture } from '../../core/media/capture.js';
import { cardStyles } from '../../internal/card.styles.js';
import { controlStyles } from '../../internal/controls.styles.js';
import { connectionStyles } from '../../explorers/connection.styles.js';
import { candidates, descriptions, statesTable } from '../../explorers/connection-views.js';
import { deviceSettings } from '../../explorers/device-settings.js';
import { explorerStyles } from '../../explorers/explorer.styles.js';
import { ExplorerWords } from '../../explorers/explorer-words.js';
import { StatsWatch } from '../../explorers/stats-watch.js';
import { timeline } from '../../explorers/timeline.js';
import { channelForm, type ChannelWish } from './channel-form.js';
import { Channels } from './channels.js';
import { Methods } from './methods.js';
import { styles } from './peer-explorer.styles.js';
import { hints, stepList } from './steps.js';

/**
 * An RTCPeerConnection taken apart: connected step by step with another end on the same page, or
 * with another person through the provider; states, events, descriptions, candidates, data
 * channels and the other methods, each to be tried.
 *
 * @summary RTCPeerConnection and RTCDataChannel, explored.
 * @tag rtc-peer-explorer
 * @attr peer - The name that the field for the other person begins with.
 * @slot heading - Replaces the heading.
 * @csspart progress - Which step is next.
 * @csspart steps - The list of steps.
 * @csspart status-error - What is wrong with the camera or the microphone.
 * @csspart login-form - The form to sign in with.
 * @csspart login-status - Who is signed in.
 * @csspart login-error - Why signing in failed.
 * @csspart states - The table of one end's states.
 * @csspart winner - The pair of candidates that carries the connection.
 * @csspart candidates - The table of candidates.
 * @csspart pairs - The table of pairs.
 * @csspart description - One description of one end.
 * @csspart result - What the last method gave.
 * @csspart timeline - The table of what happened.
 * @cssstate ringing - A call is coming in here.
 * @cssstate in-call - A call is on, or being made.
 */
export class RtcPeerExplorer extends CallWidget {
  static override styles = [
    CallWidget.styles,
    cardStyles,
    controlStyles,
    explorerStyles,
    connectionStyles,
    styles,
  ];

  static override properties = {
    ...CallWidget.properties,
    mode: {},
    interval: { type: Number },
    sound: { state: true },
    picture: { state: true },
    channel: { state: true },
    pending: { state: true },
    problem: { state: true },
  };

  /** `alone`: both ends are on this page; `together`: with another person, through the provider. */
  mode: 'alone' | 'together' = 'alone';

  /** How often statistics are read, in milliseconds. */
  interval = 1000;

  private sound = false;
  private picture = false;
  /** A data channel is made before the offer. */
  private channel = true;
  private pending = false;
  /** What went wrong with a step, or the code of what went wrong with a device. */
  private problem = '';

  // One that is made for chats comes after a text chat of the page, and takes calls with media.
  protected override readonly kinds = ['chat', 'voice', 'video'] as const;

  readonly #words = new ExplorerWords(this);
  readonly #say = this.#words.say;
  readonly #log = new ConnectionLog();
  readonly #channels = new Channels(this, this.#log, this.#say);
  readonly #methods = new Methods(this, this.#log, this.#say);
  readonly #watch = new StatsWatch(this);
  #pair: LocalPair | undefined;
  #stream: MediaStream | undefined;
  /** Of the call with another person. */
  #pc: RTCPeerConnection | undefined;
  /** That call, where it is taken step by step. */
  #stepped: SteppedCall | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#log.addEventListener('change', this.#onLog);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#log.removeEventListener('change', this.#onLog);
    this.#forget();
  }

  /** Closes the connection: of a call with another person, hangs up. */
  close(): void {
    this.#pair?.close();
    // A step under way at a closed end never ends.
    this.pending = false;
    this.presented().shown?.hangUp();
    this.#stopDevices();
    this.requestUpdate();
  }

  /**
   * Takes the next step of connecting: with another person the first calls the one whose name is
   * filled in, or accepts the call that rings here.
   */
  async step(): Promise<void> {
    if (this.mode === 'alone') return this.#take(1);
    if (this.#stepped?.call.ended === false) this.#stepped.step();
    else if (!this.#inCall) this.#begin(true);
  }

  /** Connects: takes all steps that are left. */
  async establish(): Promise<void> {
    if (this.mode === 'alone') return this.#take(pairSteps.length);
    if (this.#inCall) this.#stepped?.finish();
    else this.#begin(false);
  }

  /** Accepts the call that rings here, or makes one. */
  #begin(stepwise: boolean): void {
    const { ringing } = this.presented();
    const call = ringing ?? this.#call();
    void ringing?.accept();
    const pc = call?.transport?.pc;
    // Two who are connected already need no steps.
    if (!stepwise || !pc) return;
    this.#attend(pc);
    this.#stepped = new SteppedCall(call, pc, this.#log);
    this.#stepped.addEventListener('change', this.#onLog);
    this.requestUpdate();
  }

  #call(): Call | undefined {
    const field = this.renderRoot.querySelector<HTMLInputElement>('[name="peer"]');
    const name = field?.value ?? this.peer;
    this.problem = name.trim() ? '' : 'bad-name';
    if (this.problem) field?.focus();
    const kind = this.picture ? 'video' : this.sound ? 'voice' : 'chat';
    return this.problem ? undefined : this.session?.call(name, kind);
  }

  async #take(steps: number): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    this.problem = '';
    try {
      if (!this.#pair?.next || this.#pair.closed) await this.#open();
      const pair = this.#pair!;
      for (let taken = 0; taken < steps && pair.next; taken++) {
        await pair.step();
        // Taken off the page, or begun anew, meanwhile.
        if (pair !== this.#pair) return pair.close();
        this.#watch.watch(pair.A);
        this.requestUpdate();
      }
    } catch (error) {
      this.problem = String(error);
    } finally {
      this.pending = false;
    }
  }

  protected override slice(session: PageSession): readonly unknown[] {
    const { shown } = this.presented(session);
    return [...super.slice(session), shown?.transport?.pc];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { shown, ringing } = this.presented();
    if (this.mode === 'alone' && this.#inCall) this.mode = 'together';
    if (changed.has('mode') && this.hasUpdated) this.#forget();
    if (this.mode === 'together') this.#attend(shown?.transport?.pc);
    // Another call comes, with steps of its own.
    if (ringing && this.#stepped?.call.ended) this.#stepped = undefined;
  }

  /** Turns to the connection of a call with another person. */
  #attend(pc: RTCPeerConnection | undefined): void {
    if (!pc || pc === this.#pc) return;
    this.#forget();
    this.#pc = pc;
    this.#log.watch(pc);
    this.#watch.watch(pc);
    pc.addEventListener('datachannel', ({ channel }) => {
      // That of the kit's own chat is not for us.
      if (channel.label !== 'chat') this.#channels.add(channel);
    });
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    for (const [video, stream] of [
      ['.near', this.#stream ?? this.presented().shown?.state.local.stream],
      ['.far', this.#remote],
    ] as const) {
      const element = this.renderRoot.querySelector<HTMLVideoElement>(video);
      if (element && element.srcObject !== (stream ?? null)) element.srcObject = stream ?? null;
    }
  }

  protected override focusTarget() {
    return this.renderRoot.querySelector<HTMLElement>('.primary');
  }

  protected override render() {
    const { shown, ringing } = this.presented();
    const together = this.mode === 'together';
    return html`
      <div class="body">
        <h2><slot name="heading">${this.#say('peer-explorer')}</slot></h2>
        ${this.session ? this.#modes() : nothing}
        ${together ? this.#togetherPanel() : this.#alonePanel()} ${this.bell(ringing)}
        ${together ? this.callStatus(shown) : nothing} ${this.#connection()}
      </div>
    `;
  }

  #modes() {
    const mode = (value: 'alone' | 'together') => html`
      <label class="check">
        <input
          type="radio"
          name="mode"
          value=${value}
          .checked=${live(this.mode === value)}
          ?disabled=${this.#inCall}
          @change=${() => (this.mode = value)}
        />
        ${this.#say(`mode-${value}`)}
      </label>
    `;
    return html`
      <fieldset>
        <legend>${this.#say('mode')}</legend>
        <div class="choices">${mode('alone')} ${mode('together')}</div>
      </fieldset>
    `;
  }

  #choices(disabled: boolean) {
    const choice = (name: 'channel' | 'sound' | 'picture', also = false) => html`
      <label class="check">
        <input
          type="checkbox"
          .checked=${this[name] || also}
          ?disabled=${disabled || also}
          @change=${(event: Event) => {
            this[name] = (event.target as HTMLInputElement).checked;
          }}
        />
        ${this.#say(name === 'channel' ? 'data-channel' : name)}
      </label>
    `;
    return html`
      <fieldset>
        <legend>${this.#say('to-connect')}</legend>
        <div class="choices">
          ${choice('channel', this.mode === 'together')}
          ${choice('sound', this.mode === 'together' && this.picture)} ${choice('picture')}
        </div>
      </fieldset>
    `;
  }

  #alonePanel() {
    const pair = this.#pair;
    const done = pair?.done ?? 0;
    const under = done > 0 && !!pair?.next;
    const next = pair?.next ?? pairSteps[0];
    return html`
      <section>
        <p class="hint">${this.#say('alone-hint')}</p>
        ${this.#choices(under)}
        <div class="buttons">
          <button class="primary" aria-disabled=${this.pending} @click=${() => this.establish()}>
            ${this.#say('establish')}
          </button>
          <button aria-disabled=${this.pending} @click=${() => this.step()}>
            ${this.#say('next-step')}
          </button>
        </div>
        <p part="progress" role="status">
          ${done && !under ? this.#say('steps-again') : this.#say('step-is', { step: next })}
        </p>
        <p role="alert" class=${this.problem ? 'error' : 'unseen'}>${this.#problem()}</p>
        ${stepList(this.#say, { names: pairSteps, hints: hints.alone, done, under })}
      </section>
    `;
  }

  #problem() {
    return /^[a-z-]+$/.test(this.problem) ? this.words(this.problem) : this.problem;
  }

  #togetherPanel() {
    const away = this.session?.signaling.state.status !== 'signed-in';
    const { ringing } = this.presented();
    const stepped = this.#stepped;
    const done = stepped?.state.done ?? 0;
    const going = !!stepped?.next && !stepped.call.ended;
    const direction = stepped?.call.direction ?? (ringing ? 'incoming' : 'outgoing');
    const names = callSteps[direction];
    return html`
      <section>
        <p class="hint">${this.#say('together-hint')}</p>
        <rtc-login
          exportparts="form: login-form, status: login-status, error: login-error"
          .provider=${this.provider}
        ></rtc-login>
        <form novalidate @submit=${this.#onSubmit}>
          ${this.#choices(this.#inCall)}
          <label>
            ${this.t('username-to-call')}
            <input
              name="peer"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-invalid=${this.problem ? 'true' : 'false'}
              aria-describedby="problem"
              .value=${this.peer}
            />
          </label>
          <div class="buttons">
            <button class="primary" ?disabled=${away} aria-disabled=${this.#inCall && !going}>
              ${this.#say('establish')}
            </button>
            <button
              value="step"
              ?disabled=${away}
              aria-disabled=${this.#inCall && !(going && stepped.state.ready)}
            >
              ${this.#say('next-step')}
            </button>
          </div>
        </form>
        <p part="progress" role="status">${this.#progress(direction)}</p>
        <p role="alert" id="problem" class=${this.problem ? 'error' : 'unseen'}>
          ${this.#problem()}
        </p>
        ${stepList(this.#say, { names, hints: hints[direction], done, under: going })}
      </section>
    `;
  }

  /** What is next in a call that is taken step by step, or what came of it. */
  #progress(direction: Call['direction']) {
    const stepped = this.#stepped;
    const [first] = callSteps[direction];
    if (!stepped) return this.#inCall ? nothing : this.#say('step-is', { step: first });
    const { call, next, state } = stepped;
    if (!next) return this.#say('steps-done');
    const seconds = this.session!.settings.connectTimeout / 1000;
    if (call.ended) return this.#say('steps-late', { seconds });
    if (state.ready || call.state.phase !== 'ringing') return this.#say('step-is', { step: next });
    return this.#say('step-waits', { name: call.name, seconds });
  }

  #connection() {
    const ends = this.#ends;
    const [first] = ends;
    if (!first) return nothing;
    const [who, pc] = first;
    const say = this.#say;
    const { stats } = this.#watch;
    const closed = pc.signalingState === 'closed';
    return html`
      ${this.#pictures()}
      <div class="states">
        ${ends.map(([end, each]) => statesTable(say('states-of', { end }), each))}
      </div>
      <p class="hint">${say('states-hint')}</p>
      ${timeline(say, this.#log.state.entries)}
      <section>
        <h3>${say('descriptions')}</h3>
        <p class="hint">${say('descriptions-hint')}</p>
        ${ends.map(([end, each]) => descriptions(say, each, end))}
      </section>
      <section>
        <h3>${say('channels')}</h3>
        ${channelForm(say, closed, (wish) => this.#makeChannel(wish))} ${this.#channels.render()}
      </section>
      ${this.#methods.render(pc, who)}
      ${
        // Last: it grows by itself, and what is below it would move from under the hand.
        candidates(say, stats, who && say('candidates-of', { end: who }))
      }
    `;
  }

  #pictures() {
    if (!this.#remote?.getTracks().length) return nothing;
    const view = (which: 'near' | 'far', name: string) => html`
      <figure>
        <video class=${which} autoplay playsinline .muted=${true} aria-label=${name}></video>
        <figcaption class="muted">${name}</figcaption>
      </figure>
    `;
    return html`
      <div class="states">
        ${view('near', this.#say('sent'))} ${view('far', this.#say('arrived'))}
      </div>
    `;
  }

  /** A call is on, or rings at the other side. */
  get #inCall(): boolean {
    const { shown, ringing } = this.presented();
    return !!shown && !shown.ended && shown !== ringing;
  }

  /** Each end that is on this page. */
  get #ends(): (readonly [string, RTCPeerConnection])[] {
    if (this.mode === 'alone') return this.#pair?.ends ?? [];
    return this.#pc ? [['', this.#pc]] : [];
  }

  /** What arrives: at B, which gets what A sends, or from the other person. */
  get #remote(): MediaStream | undefined {
    if (this.mode === 'together') return this.presented().shown?.state.remote.stream;
    return this.#arrived;
  }

  #arrived: MediaStream | undefined;

  /** A new pair, with the devices that it is to send from. */
  async #open(): Promise<void> {
    this.#forget();
    const { sound: audio, picture: video, session } = this;
    if (audio || video) {
      const { stream, error } = await capture({ audio, video }, deviceSettings(session));
      this.#stream = stream;
      this.problem = error?.code ?? '';
    }
    const iceServers = session?.iceServers ?? [];
    this.#pair = new LocalPair(
      this.#log,
      {
        configuration: { iceServers },
        stream: this.#stream,
        channel: this.channel ? { label: 'data', options: {} } : undefined,
      },
      (channel, end) => this.#channels.add(channel, end),
      (stream) => {
        this.#arrived = stream;
        this.requestUpdate();
      },
    );
  }

  #makeChannel({ label, options }: ChannelWish): void {
    if (this.mode === 'alone') return this.#pair!.createChannel(label, options);
    this.#log.add('step', 'createDataChannel()', JSON.stringify({ label, ...options }));
    this.#channels.add(this.#pc!.createDataChannel(label, options));
  }

  /** Closes what is there, for what is to come. */
  #forget(): void {
    this.#pair?.close();
    this.#pair = this.#pc = this.#stepped = this.#arrived = undefined;
    this.#watch.watch(undefined);
    this.#stopDevices();
    this.#channels.clear();
    this.#methods.clear();
    this.#log.clear();
  }

  #stopDevices(): void {
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = undefined;
  }

  #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const stepwise = (event.submitter as HTMLButtonElement | null)?.value === 'step';
    void (stepwise ? this.step() : this.establish());
  };

  #onLog = (): void => this.requestUpdate();
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-peer-explorer': RtcPeerExplorer;
  }
}
