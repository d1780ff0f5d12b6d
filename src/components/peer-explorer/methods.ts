import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit';
import type { ConnectionLog } from '../../core/inspect/connection-log.js';
import { statsOf } from '../../core/inspect/stats-series.js';
import type { Say } from '../../explorers/explorer-words.js';

/** The members of a configuration that are plain data: a certificate is none. */
const members = ['iceServers', 'iceTransportPolicy', 'bundlePolicy', 'rtcpMuxPolicy'] as const;

/** A button for each further method of an existing connection. */
export class Methods implements ReactiveController {
  readonly #host: ReactiveControllerHost & { close(): void };
  readonly #log: ConnectionLog;
  readonly #say: Say;
  #outcome: { call: string; text: string; failed: boolean } | undefined;
  #draft = '';
  #heard = new WeakSet<RTCDTMFSender>();

  /** @param host closes the connection when it is to be closed */
  constructor(host: ReactiveControllerHost & { close(): void }, log: ConnectionLog, say: Say) {
    this.#host = host;
    this.#log = log;
    this.#say = say;
    host.addController(this);
  }

  hostConnected(): void {}

  /** Forgets all, for a new connection. */
  clear(): void {
    this.#outcome = undefined;
    this.#draft = '';
  }

  /** @param who which end it is about, where there are two */
  render(pc: RTCPeerConnection, who: string) {
    const say = this.#say;
    const closed = pc.signalingState === 'closed';
    const senders = closed ? [] : pc.getSenders();
    const dtmf = senders.find((sender) => sender.dtmf)?.dtmf;
    const on = who && `${who}.`;
    const button = (name: string, run: () => unknown) => html`
      <button ?disabled=${closed} @click=${() => this.#run(`${on}${name}`, run)}>
        <code>${name}</code>
      </button>
    `;
    return html`
      <section>
        <h3>${say('methods')}</h3>
        <div class="buttons">
          ${button('getStats()', async () => countTypes(await statsOf(pc)))}
          ${button('getConfiguration()', () => {
            const all = pc.getConfiguration();
            const plain = Object.fromEntries(members.map((name) => [name, all[name]]));
            return (this.#draft = JSON.stringify(plain, undefined, 2));
          })}
          ${button('restartIce()', () => pc.restartIce())}
          ${button('close()', () => this.#host.close())}
        </div>
        ${
          this.#draft
            ? html`<form @submit=${(event: Event) => this.#configure(event, pc, on)}>
                <label>
                  ${say('configuration')}
                  <textarea
                    spellcheck="false"
                    dir="ltr"
                    .value=${this.#draft}
                    @input=${(event: Event) => {
                      this.#draft = (event.target as HTMLTextAreaElement).value;
                    }}
                  ></textarea>
                </label>
                <button ?disabled=${closed}><code>setConfiguration()</code></button>
              </form>`
            : nothing
        }
        ${
          dtmf
            ? html`<form @submit=${(event: Event) => this.#dial(event, dtmf, on)}>
                <label>
                  ${say('tones')}
                  <input name="tones" value="123#" dir="ltr" autocomplete="off" />
                </label>
                <button ?disabled=${closed}><code>insertDTMF()</code></button>
              </form>`
            : html`<p class="hint">${say('tones-hint')}</p>`
        }
        <div role="status">
          ${
            this.#outcome
              ? html`<div class="outcome ${this.#outcome.failed ? 'bad' : ''}" part="result">
                  <p><code>${this.#outcome.call}</code></p>
                  <p class="code" dir="ltr">
                    ${this.#outcome.text.split('\n').map((line) => html`${line}<br />`)}
                  </p>
                </div>`
              : nothing
          }
        </div>
      </section>
    `;
  }

  #configure(event: Event, pc: RTCPeerConnection, on: string): void {
    event.preventDefault();
    void this.#run(`${on}setConfiguration()`, () =>
      pc.setConfiguration(JSON.parse(this.#draft) as RTCConfiguration),
    );
  }

  #dial(event: Event, dtmf: RTCDTMFSender, on: string): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { value } = form.elements.namedItem('tones') as HTMLInputElement;
    if (!this.#heard.has(dtmf)) {
      this.#heard.add(dtmf);
      dtmf.addEventListener('tonechange', ({ tone }) => {
        this.#log.add('event', 'tonechange', tone && `“${tone}”`, on.slice(0, 1));
      });
    }
    void this.#run(`${on}insertDTMF()`, () => dtmf.insertDTMF(value));
  }

  async #run(call: string, run: () => unknown): Promise<void> {
    const [who = '', name = call] = /^([AB])\.(.*)/.exec(call)?.slice(1) ?? [];
    this.#log.add('step', name, '', who);
    try {
      const result = await run();
      this.#outcome = {
        call,
        text: typeof result === 'string' ? result : this.#say('done'),
        failed: false,
      };
    } catch (error) {
      this.#outcome = { call, text: String(error), failed: true };
    }
    this.#host.requestUpdate();
  }
}

/** How many reports there are of each type. */
function countTypes(stats: readonly { type: string }[]): string {
  const counts = new Map<string, number>();
  for (const { type } of stats) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${type}: ${count}`).join('\n');
}
