import { html, nothing, type PropertyValues } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import { parseIceServers } from '../../core/ice-servers.js';
import {
  callOneself,
  findWays,
  type CheckOptions,
  type Found,
  type Loopback,
} from '../../core/inspect/connectivity.js';
import {
  codecs,
  deviceCounts,
  needed,
  support,
  type DeviceCounts,
  type Support,
} from '../../core/inspect/support.js';
import { gravity, verdicts } from '../../core/inspect/verdict.js';
import { capture } from '../../core/media/capture.js';
import { deviceSettings } from '../../explorers/device-settings.js';
import { ExplorerElement } from '../../explorers/explorer-element.js';
import '../../localize/media-words.js';
import { styles } from './support.styles.js';

type Outcome = 'good' | 'bad' | 'none' | 'untried';

/**
 * Shows, before a call, what this browser, page and network can do: features, devices, codecs, and
 * a check that gathers addresses and calls itself with sound and picture.
 *
 * @summary Can one call from here?
 * @tag rtc-support
 * @slot heading - Replaces the heading.
 * @csspart features - The table of features.
 * @csspart check - The table of what the check found.
 * @csspart verdict - What it comes to, in words.
 */
export class RtcSupport extends ExplorerElement {
  static override styles = [ExplorerElement.styles, styles];

  static override properties = {
    ...ExplorerElement.properties,
    iceServers: { attribute: 'ice-servers' },
    options: { attribute: false },
    running: { state: true },
    counts: { state: true },
    found: { state: true },
    loopback: { state: true },
    refused: { state: true },
    badServers: { state: true },
  };

  /** STUN and TURN servers to check besides the provider's: a JSON array of RTCIceServer. */
  iceServers = '';

  /** How long the parts of the check may take, from code. */
  options: CheckOptions = {};

  private running = false;
  private counts: DeviceCounts | undefined = undefined;
  private found: Found | undefined = undefined;
  private loopback: Loopback | undefined = undefined;
  /** Code of the reason why a device could not be had. */
  private refused = '';
  private badServers = false;

  readonly #support: Support = support();

  /** Gathers addresses, opens the devices and makes a loopback call. Settles when all is tried. */
  async check(): Promise<void> {
    if (this.running || !this.#support.connection) return;
    this.running = true;
    this.found = this.loopback = undefined;
    this.refused = '';
    this.badServers = false;
    try {
      const configuration = this.#configuration();
      if (!configuration) return;
      this.found = await findWays(configuration, this.options);
      const both = { audio: true, video: true };
      const { stream, error } = await capture(both, deviceSettings(this.session));
      this.refused = error?.code ?? '';
      try {
        this.loopback = await callOneself(configuration, stream, this.options);
      } finally {
        stream.getTracks().forEach((track) => track.stop());
      }
    } catch {
      // An extension or a setting that forbids connections makes them throw.
      this.loopback = { connected: false, data: false };
    } finally {
      this.running = false;
      this.#count();
    }
  }

  protected override slice(session?: PageSession) {
    return [session?.signaling.state];
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#count();
  }

  protected override render() {
    return html`
      <div class="body">
        <h2><slot name="heading">${this.say('support')}</slot></h2>
        ${this.#check()}
        <div class="columns">${this.#features()} ${this.#devices()}</div>
      </div>
    `;
  }

  #check() {
    const { running, found, loopback } = this;
    return html`
      <section>
        <p class="hint">${this.say('check-hint')}</p>
        <p class="buttons">
          <button
            class="primary"
            aria-disabled=${running}
            ?disabled=${!this.#support.connection}
            @click=${() => this.check()}
          >
            ${this.say(running ? 'checking' : 'check')}
          </button>
        </p>
        <div role="status">${this.#verdict()}</div>
        ${
          found || loopback
            ? html`<table part="check">
                <caption>
                  ${this.say('check-results')}
                </caption>
                <tbody>
                  ${found ? this.#ways(found) : nothing}
                  ${loopback ? this.#loopback(loopback) : nothing}
                </tbody>
              </table>`
            : nothing
        }
      </section>
    `;
  }

  #verdict() {
    const { found, loopback, refused, badServers } = this;
    const impossible = !needed.every((feature) => this.#support[feature]);
    if (this.running || !(loopback || impossible || badServers)) return nothing;
    const support = this.#support;
    const all = verdicts({ support, found, loopback, refused: !!refused, badServers });
    return html`
      <div class="verdict outcome ${gravity(all)}" part="verdict">
        ${all.map((verdict) => html`<p>${this.say(verdict)}</p>`)}
        ${refused ? html`<p>${this.words(refused)}</p>` : nothing}
      </div>
    `;
  }

  #ways(found: Found) {
    const outcomes = { found: 'good', missing: 'bad', refused: 'bad', unasked: 'untried' } as const;
    return (['host', 'srflx', 'relay'] as const).map((way) => {
      const state = found[way];
      const known = state === 'found' || state === 'missing';
      return this.#row(
        this.say(`way-${way}`),
        outcomes[state],
        this.say(known ? `way-${way}-${state}` : `way-${state}`),
      );
    });
  }

  #loopback({ connected, data, sound, picture }: Loopback) {
    const outcome = (value: boolean | undefined): Outcome =>
      value === undefined ? 'none' : value ? 'good' : 'bad';
    return (
      [
        ['loop-connected', connected],
        ['loop-data', data],
        ['loop-sound', sound],
        ['loop-picture', picture],
      ] as const
    ).map(([key, value]) => this.#row(this.say(key), outcome(value)));
  }

  #features() {
    return html`
      <table part="features">
        <caption>
          ${this.say('features')}
        </caption>
        <tbody>
          ${(Object.keys(this.#support) as (keyof Support)[]).map((feature) => {
            const there = this.#support[feature];
            const missing = needed.includes(feature) ? 'bad' : 'none';
            return this.#row(
              this.say(`feature-${feature}`),
              there ? 'good' : missing,
              there ? '' : this.say(`missing-${feature}`),
            );
          })}
        </tbody>
      </table>
    `;
  }

  #devices() {
    const { counts } = this;
    const rows = [
      [this.say('cameras'), counts?.videoinput],
      [this.say('microphones'), counts?.audioinput],
      [this.say('speakers'), counts?.audiooutput],
    ] as const;
    const none = this.say('unknown');
    return html`
      <section>
        <table>
          <caption>
            ${this.say('devices')}
          </caption>
          <tbody>
            ${rows.map(
              ([name, count]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td>${count ?? none}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <p class="hint">${this.say('devices-hint')}</p>
        <table>
          <caption>
            ${this.say('codecs')}
          </caption>
          <tbody>
            <tr>
              <th scope="row">${this.say('sound')}</th>
              <td>${codecs('audio').join(', ') || none}</td>
            </tr>
            <tr>
              <th scope="row">${this.say('picture')}</th>
              <td>${codecs('video').join(', ') || none}</td>
            </tr>
          </tbody>
        </table>
      </section>
    `;
  }

  #row(name: string, outcome: Outcome, note = '') {
    const classes = { good: 'tag yes', bad: 'tag no', none: 'tag', untried: 'tag' };
    return html`
      <tr>
        <th scope="row">${name}</th>
        <td>
          <span class=${classes[outcome]}>${this.say(`outcome-${outcome}`)}</span>
          ${note ? html`<span class="muted">${note}</span>` : nothing}
        </td>
      </tr>
    `;
  }

  /** The servers of the provider, and those given here; undefined where those are none. */
  #configuration(): RTCConfiguration | undefined {
    try {
      const own = this.iceServers ? parseIceServers(this.iceServers) : [];
      return { iceServers: [...own, ...(this.session?.iceServers ?? [])] };
    } catch {
      this.badServers = true;
      return undefined;
    }
  }

  #count(): void {
    deviceCounts().then(
      (counts) => (this.counts = counts),
      // A page that may not ask: then it is not known.
      () => {},
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-support': RtcSupport;
  }
}
