import { html, nothing } from 'lit';
import { candidates, descriptions, statesTable } from '../../explorers/connection-views.js';
import { timeline } from '../../explorers/timeline.js';
import { channelForm, type ChannelWish } from './channel-form.js';
import type { Methods } from './methods.js';
import type { Tools } from './tools.js';

interface Connection {
  /** Each end that is on this page, by its name. */
  ends: readonly (readonly [string, RTCPeerConnection])[];
  /** Whether something arrives that can be seen or heard. */
  media: boolean;
  methods: Methods;
  makeChannel(wish: ChannelWish): void;
}

/** All that there is to see of a connection, and to try at it. */
export function connectionPanel(tools: Tools, { ends, media, methods, makeChannel }: Connection) {
  const [first] = ends;
  if (!first) return nothing;
  const [who, pc] = first;
  const { say, log, channels, watch } = tools;
  const closed = pc.signalingState === 'closed';
  return html`
    ${media ? pictures(tools) : nothing}
    <div class="states">
      ${ends.map(([end, each]) => statesTable(say('states-of', { end }), each))}
    </div>
    <p class="hint">${say('states-hint')}</p>
    ${timeline(say, log.state.entries)}
    <section>
      <h3>${say('descriptions')}</h3>
      <p class="hint">${say('descriptions-hint')}</p>
      ${ends.map(([end, each]) => descriptions(say, each, end))}
    </section>
    <section>
      <h3>${say('channels')}</h3>
      ${channelForm(say, closed, makeChannel)} ${channels.render()}
    </section>
    ${methods.render(pc, who)}
    ${
      // Last: it grows by itself, and would move what is below it from under the hand.
      candidates(say, watch.stats, who && say('candidates-of', { end: who }))
    }
  `;
}

function pictures({ say }: Tools) {
  const view = (which: 'near' | 'far', name: string) => html`
    <figure>
      <video class=${which} autoplay playsinline .muted=${true} aria-label=${name}></video>
      <figcaption class="muted">${name}</figcaption>
    </figure>
  `;
  return html`
    <div class="states">${view('near', say('sent'))} ${view('far', say('arrived'))}</div>
  `;
}
