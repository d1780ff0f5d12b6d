import { holdAudio } from '../../core/media/page-audio.js';

/** Two tones of a ring, in hertz, and when they sound, in seconds from its beginning. */
const notes = [
  [659, 0],
  [880, 0.2],
  [659, 0.5],
  [880, 0.7],
] as const;

/** Seconds from one ring to the next. */
const period = 3;

/** A page may play sound once the person has done something on it. */
export function mayPlay(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}

/** Rings until the returned function is called. */
export function startRingtone(): () => void {
  const { context, release } = holdAudio();
  const bell = new GainNode(context);
  bell.connect(context.destination);
  const sounding = new Set<OscillatorNode>();
  let over = false;
  const restIfOver = () => {
    if (!over || sounding.size) return;
    bell.disconnect();
    release();
  };
  const ring = () => {
    for (const [frequency, at] of notes) {
      const start = context.currentTime + at;
      const oscillator = new OscillatorNode(context, { frequency });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setTargetAtTime(0.15, start, 0.01);
      gain.gain.setTargetAtTime(0, start + 0.12, 0.05);
      oscillator.connect(gain).connect(bell);
      oscillator.start(start);
      oscillator.stop(start + 0.5);
      sounding.add(oscillator);
      oscillator.onended = () => {
        gain.disconnect();
        sounding.delete(oscillator);
        restIfOver();
      };
    }
  };
  ring();
  const timer = setInterval(ring, period * 1000);
  return () => {
    clearInterval(timer);
    bell.gain.value = 0;
    // An oscillator ends, and is let go, only while its context runs and it is connected.
    for (const oscillator of sounding) oscillator.stop();
    over = true;
    restIfOver();
  };
}
