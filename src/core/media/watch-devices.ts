import type { LocalMedia, MediaKind } from './local-media.js';

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

  const onLost = (kind: MediaKind, { enabled }: MediaStreamTrack) => {
    media.put(kind);
    media.show({ error: 'media-lost' });
    lost(kind);
    // Nobody who was muted is heard unasked: then the button opens it.
    if (enabled) awaited.add(kind);
  };
  const look = () => {
    for (const kind of ['audio', 'video'] as const) {
      const track = media.tracks[kind];
      if (!track) continue;
      awaited.delete(kind);
      track.onended = () => onLost(kind, track);
      track.onmute = track.onunmute = () => media.show();
      if (track.readyState === 'ended') onLost(kind, track);
    }
    if (!media.state.stopped) return;
    media.removeEventListener('change', look);
    mediaDevices?.removeEventListener('devicechange', onDevices);
  };
  const onDevices = async () => {
    const there = await mediaDevices.enumerateDevices();
    for (const kind of awaited) {
      if (media.state.stopped || !there.some((device) => device.kind === `${kind}input`)) continue;
      await media.open({ audio: kind === 'audio', video: kind === 'video' });
    }
  };
  media.addEventListener('change', look);
  mediaDevices?.addEventListener('devicechange', onDevices);
  look();
}
