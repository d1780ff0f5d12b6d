import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { ConnectionLog } from '../../core/inspect/connection-log.js';
import type { Say } from '../../explorers/explorer-words.js';
import { stateMark } from '../../explorers/state-mark.js';

/** How many bytes the button for binary data sends: enough to be seen waiting. */
const BYTES = 256 * 1024;

/** Largest piece: every browser takes it (RFC 8831, 6.6, and what browsers made of it). */
const PIECE = 16 * 1024;

/** How often a channel with data waiting is looked at, in milliseconds. */
const INTERVAL = 50;

/** How many of the latest messages are shown. */
const SHOWN = 20;

interface Shown {
  id: number;
  channel: RTCDataChannel;
  /** Which end, where there are two. */
  who: string;
}

/** The data channels of a connection: what each says of itself, and what can be done with it. */
export class Channels implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #log: ConnectionLog;
  readonly #say: Say;
  #all: Shown[] = [];
  #received: { id: number; text: string }[] = [];
  #ids = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, log: ConnectionLog, say: Say) {
    this.#host = host;
    this.#log = log;
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Forgets all, for a new connection. */
  clear(): void {
    this.#all = [];
    this.#received = [];
  }

  /** Shows a channel from now on. */
  add(channel: RTCDataChannel, who = ''): void {
    channel.binaryType = 'arraybuffer';
    this.#log.watchChannel(channel, who);
    this.#all.push({ id: ++this.#ids, channel, who });
    const update = () => this.#host.requestUpdate();
    for (const type of ['open', 'closing', 'close', 'error', 'bufferedamountlow']) {
      channel.addEventListener(type, update);
    }
    channel.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      const what = typeof data === 'string' ? data : this.#say('bytes', { count: data.byteLength });
      const text = [who, `“${channel.label}”:`, what].filter(Boolean).join(' ');
      this.#received = [...this.#received, { id: ++this.#ids, text }].slice(-SHOWN);
      update();
    });
    update();
  }

  render() {
    if (!this.#all.length) return html`<p class="hint">${this.#say('channels-none')}</p>`;
    return html`
      <div class="states">${this.#all.map((one) => this.#channel(one))}</div>
      <div role="log" aria-label=${this.#say('received')} class="received" tabindex="0">
        ${
          this.#received.length
            ? this.#received.map(({ text }) => html`<p dir="auto">${text}</p>`)
            : html`<p class="muted">${this.#say('received-none')}</p>`
        }
      </div>
    `;
  }

  #channel({ channel, who }: Shown) {
    const { label, readyState, bufferedAmount } = channel;
    const say = this.#say;
    const title = [who, `“${label}”`].filter(Boolean).join(' ');
    const open = readyState === 'open';
    return html`
      <fieldset>
        <legend>${title}</legend>
        <table aria-label=${title}>
          <tbody>
            <tr>
              <th scope="row"><code>readyState</code></th>
              <td>${stateMark(readyState)}</td>
            </tr>
            ${this.#facts(channel)}
            <tr>
              <th scope="row"><code>bufferedAmount</code></th>
              <td>
                <meter
                  min="0"
                  max=${BYTES}
                  .value=${bufferedAmount}
                  aria-label="bufferedAmount"
                ></meter>
                ${say('bytes', { count: bufferedAmount })}
              </td>
            </tr>
          </tbody>
        </table>
        <form @submit=${(event: Event) => this.#sendText(event, channel)}>
          <label>
            ${say('text')}
            <input name="text" autocomplete="off" ?disabled=${!open} />
          </label>
          <div class="buttons">
            <button class="small" ?disabled=${!open} aria-label=${`${title} ${say('send-text')}`}>
              ${say('send-text')}
            </button>
            <button
              class="small"
              type="button"
              ?disabled=${!open}
              aria-label=${`${title} ${say('send-binary')}`}
              @click=${() => this.#sendBinary(channel)}
            >
              ${say('send-binary')}
            </button>
            <button
              class="small"
              type="button"
              ?disabled=${!open}
              aria-label=${`${title} close()`}
              @click=${() => this.#close(channel, who)}
            >
              <code>close()</code>
            </button>
          </div>
        </form>
      </fieldset>
    `;
  }

  #facts(channel: RTCDataChannel) {
    const names = ['id', 'ordered', 'maxRetransmits', 'maxPacketLifeTime', 'protocol'] as const;
    const more = ['negotiated', 'bufferedAmountLowThreshold', 'binaryType'] as const;
    return [...names, ...more].map((name) => {
      const value = channel[name];
      // Without a limit a channel is reliable: nothing to say.
      if (value === null || value === '') return nothing;
      return html`<tr>
        <th scope="row"><code>${name}</code></th>
        <td>${String(value)}</td>
      </tr>`;
    });
  }

  #sendText(event: Event, channel: RTCDataChannel): void {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('text') as HTMLInputElement;
    if (!field.value) return;
    channel.send(field.value);
    field.value = '';
    this.#watchBuffer();
  }

  #sendBinary(channel: RTCDataChannel): void {
    channel.bufferedAmountLowThreshold = PIECE;
    for (let sent = 0; sent < BYTES; sent += PIECE) channel.send(new Uint8Array(PIECE));
    this.#watchBuffer();
  }

  #close(channel: RTCDataChannel, who: string): void {
    this.#log.add('step', 'close()', `“${channel.label}”`, who);
    channel.close();
    this.#host.requestUpdate();
  }

  /** No event tells how a buffer empties: it is looked at until all are empty. */
  #watchBuffer(): void {
    this.#host.requestUpdate();
    this.#timer ??= setInterval(() => {
      this.#host.requestUpdate();
      if (this.#all.every(({ channel }) => !channel.bufferedAmount)) this.hostDisconnected();
    }, INTERVAL);
  }
}
