import type { LocalMedia } from './local-media.js';
import { mediaKinds, type MediaKind } from './media-kind.js';

/** The media being watched, so that none is watched twice. */
const watched = new WeakSet<LocalMedia>();

/**
 * Notices a microphone or camera that is lost in a call (unplugged, or its permission withdrawn),
 * and opens it again as soon as it, or another of its kind, is there; one that the system or
 * another program takes is off until it is given back. Ends with the call.
 */
export function watchDevices(media: LocalMedia, lost: (kind: MediaKind) => void): void {
  if (watched.has(media)) return;
  watched.add(media);
  const { mediaDevices } = navigator;
  const awaited = new Set<MediaKind>();

  const onLost = (kind: MediaKind) => {
    media.put(kind);
    media.show({ error: 'media-lost' });
    awaited.add(kind);
    lost(kind);
    // Another of its kind may be there already: `devicechange` may come before `ended`.
    void reopen();
  };
  const look = () => {
    for (const kind of mediaKinds) {
      const track = media.tracks[kind];
      if (!track) continue;
      awaited.delete(kind);
      track.onended = () => onLost(kind);
      track.onmute = track.onunmute = () => media.show();
      if (track.readyState === 'ended') onLost(kind);
    }
    if (!media.state.stopped) return;
    media.removeEventListener('change', look);
    mediaDevices?.removeEventListener('devicechange', reopen);
  };
  const reopen = async () => {
    const there = await mediaDevices.enumerateDevices();
    // A person who was muted is not heard unasked: then the button opens it.
    const wanted = [...awaited].filter(
      (kind) => !media.isOff(kind) && there.some((device) => device.kind === `${kind}input`),
    );
    for (const kind of wanted) awaited.delete(kind);
    await media.ask(...wanted);
    // A person who refuses is not asked again.
    if (media.state.error === 'media-denied') return;
    for (const kind of wanted) if (!media.tracks[kind]) awaited.add(kind);
  };
  media.addEventListener('change', look);
  mediaDevices?.addEventListener('devicechange', reopen);
  look();
}
