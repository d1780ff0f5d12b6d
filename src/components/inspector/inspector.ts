import { html, nothing, type PropertyValues } from 'lit';
import type { PageSession } from '../../context/page-session.js';
import type { Call } from '../../core/call/call.js';
import { ConnectionLog } from '../../core/inspect/connection-log.js';
import { connectionReport } from '../../core/inspect/report.js';
import { charts } from '../../explorers/charts.js';
import { connectionStyles } from '../../explorers/connection.styles.js';
import { candidates, descriptions, statesTable } from '../../explorers/connection-views.js';
import { ExplorerElement } from '../../explorers/explorer-element.js';
import { StatsWatch } from '../../explorers/stats-watch.js';
import { timeline } from '../../explorers/timeline.js';
import { styles } from './inspector.styles.js';

/**
 * Shows the inside of a running call: connection states, live statistics, the selected candidate
 * pair, descriptions and events, with a report of it all to send to somebody.
 *
 * @summary Looks into a running call.
 * @tag rtc-inspector
 * @slot heading - Replaces the heading.
 * @csspart states - The table of the connection's states.
 * @csspart chart - One figure over the last minute.
 * @csspart limitation - What limits the quality of the picture that is sent.
 * @csspart winner - The pair of candidates that carries the call.
 * @csspart candidates - The table of candidates.
 * @csspart pairs - The table of pairs.
 * @csspart description - One of the two descriptions.
 * @csspart timeline - The table of what happened.
 */
export class RtcInspector extends ExplorerElement {
  static override styles = [ExplorerElement.styles, connectionStyles, styles];

  static override properties = {
    ...ExplorerElement.properties,
    call: { attribute: false },
    callId: { attribute: 'call-id' },
    interval: { type: Number },
    open: { state: true },
    said: { state: true },
    report: { state: true },
  };

  /** The call to look into, from code. */
  call: Call | undefined = undefined;

  /** Id of the call to look into; left out, the newest that has a connection. */
  callId = '';

  /** How often statistics are read, in milliseconds. */
  interval = 1000;

  /** The report is to hold addresses and passwords as they are. */
  private open = false;
  private said: 'copied' | 'copy-yourself' | '' = '';
  /** The report, where it could not be copied. */
  private report = '';

  readonly #log = new ConnectionLog();
  readonly #watch = new StatsWatch(this);
  #pc: RTCPeerConnection | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#log.addEventListener('change', this.#onLog);
    if (this.#pc) this.#log.watch(this.#pc);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#log.removeEventListener('change', this.#onLog);
    this.#log.stop();
  }

  protected override slice(session: PageSession) {
    const call = this.#find(session);
    return [call, call?.state, call?.transport?.pc];
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const pc = this.#find()?.transport?.pc;
    // A connection that has ended stays on show until the next one.
    if (!pc || pc === this.#pc) return;
    this.#pc = pc;
    this.#log.watch(pc);
    this.#watch.watch(pc);
    this.report = this.said = '';
  }

  protected override render() {
    const pc = this.#pc;
    return html`
      <div class="body">
        <h2><slot name="heading">${this.say('inspector')}</slot></h2>
        ${pc ? this.#connection(pc) : html`<p class="hint">${this.say('inspector-empty')}</p>`}
      </div>
    `;
  }

  #connection(pc: RTCPeerConnection) {
    const { say } = this;
    const { stats, series } = this.#watch;
    const name = this.#find()?.name ?? '';
    const title = say('connection-with', { name });
    return html`
      <section>
        <h3>${say('statistics')}</h3>
        ${charts(say, this.number, series)}
      </section>
      <div class="columns">${statesTable(title, pc)} ${candidates(say, stats)}</div>
      <section>
        <h3>${say('descriptions')}</h3>
        <p class="hint">${say('descriptions-hint')}</p>
        ${descriptions(say, pc)}
      </section>
      ${timeline(say, this.#log.state.entries)} ${this.#report(pc)}
    `;
  }

  #report(pc: RTCPeerConnection) {
    return html`
      <section>
        <h3>${this.say('report')}</h3>
        <p class="hint">${this.say('report-hint')}</p>
        <div class="report">
          <button class="primary" @click=${() => this.#copy(pc)}>${this.say('copy')}</button>
          <label class="check">
            <input
              type="checkbox"
              .checked=${this.open}
              @change=${(event: Event) => {
                this.open = (event.target as HTMLInputElement).checked;
              }}
            />
            ${this.say('report-open')}
          </label>
        </div>
        <p role="status">${this.said ? this.say(this.said) : nothing}</p>
        ${
          this.report
            ? html`<pre tabindex="0" role="region" aria-label=${this.say('report')}>
${this.report}</pre>`
            : nothing
        }
      </section>
    `;
  }

  async #copy(pc: RTCPeerConnection): Promise<void> {
    const { entries } = this.#log.state;
    await this.#watch.read();
    const { stats, series } = this.#watch;
    const { readings } = series;
    const report = connectionReport({ pc, entries, readings, stats }, this.open);
    try {
      await navigator.clipboard.writeText(report);
      this.report = '';
      this.said = 'copied';
    } catch {
      // Not allowed here, or no secure page: then by hand.
      this.report = report;
      this.said = 'copy-yourself';
    }
  }

  #find(session = this.session): Call | undefined {
    if (this.call) return this.call;
    const calls = session?.state.calls ?? [];
    if (this.callId) return calls.find(({ id }) => id === this.callId);
    return (
      calls.findLast((call) => !call.ended && call.transport) ??
      calls.findLast(({ transport }) => transport)
    );
  }

  #onLog = (): void => this.requestUpdate();
}

declare global {
  interface HTMLElementTagNameMap {
    'rtc-inspector': RtcInspector;
  }
}
