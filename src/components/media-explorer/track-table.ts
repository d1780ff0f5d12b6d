import { html } from 'lit';
import type { Say } from '../../explorers/explorer-words.js';
import type { CapturedMedia } from './captured-media.js';
import { json, row } from './facts.js';

/** Renders the properties of a stream. */
export function streamTable(stream: MediaStream | undefined) {
  return html`
    <table part="stream">
      <caption>
        MediaStream
      </caption>
      <tbody>
        ${row('id', stream?.id ?? '–')} ${row('active', String(stream?.active ?? '–'))}
        ${row('getTracks().length', String(stream?.getTracks().length ?? '–'))}
      </tbody>
    </table>
  `;
}

/** Renders the properties of a track, with buttons to disable it and to stop it. */
export function trackTable(say: Say, media: CapturedMedia, track: MediaStreamTrack) {
  const title = say(track.kind === 'audio' ? 'audio-track' : 'video-track');
  const show = say('show');
  return html`
    <section aria-label=${title}>
      <table part="track">
        <caption>
          ${title}
        </caption>
        <tbody>
          ${(['id', 'kind', 'label', 'enabled', 'muted', 'readyState'] as const).map((name) =>
            row(name, String(track[name])),
          )}
          ${row('getSettings()', json(show, track.getSettings()))}
          ${row(
            'getCapabilities()',
            // Not in every supported browser.
            track.getCapabilities ? json(show, track.getCapabilities()) : say('unknown'),
          )}
          ${row('getConstraints()', json(show, track.getConstraints()))}
        </tbody>
      </table>
      <div class="buttons">
        <button class="small" @click=${() => media.toggle(track)}>
          <code>enabled = ${String(!track.enabled)}</code>
        </button>
        <button
          class="small"
          ?disabled=${track.readyState === 'ended'}
          @click=${() => media.stop(track)}
        >
          <code>${track.kind}.stop()</code>
        </button>
      </div>
    </section>
  `;
}
