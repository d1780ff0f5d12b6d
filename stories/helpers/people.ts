import { syntheticMedia, type SessionSettings } from '../../src/core/index.js';
import { holdAudio } from '../../src/core/media/page-audio.js';

type GetUserMedia = SessionSettings['getUserMedia'];

/** How the people of the stories look and sound: colour of their room, and pitch in hertz. */
const looks: Record<string, { colour: string; tone: number }> = {
  Ann: { colour: '#0f766e', tone: 220 },
  Bob: { colour: '#6d3fc4', tone: 147 },
  Cem: { colour: '#a3501a', tone: 165 },
};

/**
 * A person's camera and microphone: no device, no permission.
 * @param frameRate pictures a second; many calls on one page do with few
 */
export function devicesOf(name: string, frameRate = 30): GetUserMedia {
  const { colour, tone } = looks[name] ?? { colour: '#33507f', tone: 196 };
  const getUserMedia = syntheticMedia({
    tone,
    frameRate,
    draw: (context, frame) => drawPerson(context, (frame * 30) / frameRate, colour),
  });
  return async (constraints) => {
    const stream = await getUserMedia(constraints);
    return new MediaStream(
      stream.getTracks().map((track) => (track.kind === 'audio' ? inSyllables(track) : track)),
    );
  };
}

/** Devices that are refused, with the error that a browser gives. */
export function refusedDevices(error: string): GetUserMedia {
  return () => Promise.reject(new DOMException('Refused', error));
}

/** A browser that still waits for the person to allow the devices. */
export const devicesBeingOpened: GetUserMedia = () => new Promise(() => {});

/** Somebody who nods and talks. */
function drawPerson(context: CanvasRenderingContext2D, frame: number, room: string): void {
  const { width, height } = context.canvas;
  const unit = height / 24;
  const nod = Math.sin(frame / 12) * unit * 0.6;
  const mouth = Math.abs(Math.sin(frame / 5)) * unit * 0.9 + 1;
  const oval = (x: number, y: number, rx: number, ry: number, colour: string) => {
    context.fillStyle = colour;
    context.beginPath();
    context.ellipse(width / 2 + x * unit, y, rx * unit, ry, 0, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = room;
  context.fillRect(0, 0, width, height);
  oval(0, height, 7.5, unit * 7, 'rgb(255 255 255 / 0.85)');
  oval(0, unit * 11 + nod, 4.25, unit * 5.25, 'rgb(255 255 255 / 0.95)');
  for (const side of [-1.6, 1.6]) oval(side, unit * 10 + nod, 0.45, unit * 0.6, '#20242e');
  oval(0, unit * 13.4 + nod, 1.4, mouth, '#20242e');
}

/** Makes a steady tone soft, and come and go as speech does. */
function inSyllables(tone: MediaStreamTrack): MediaStreamTrack {
  const { context: audio } = holdAudio();
  const loudness = new GainNode(audio, { gain: 0.06 });
  const syllables = new OscillatorNode(audio, { frequency: 2.2 });
  syllables.connect(new GainNode(audio, { gain: 0.06 })).connect(loudness.gain);
  syllables.start();
  const voice = audio.createMediaStreamDestination();
  audio
    .createMediaStreamSource(new MediaStream([tone]))
    .connect(loudness)
    .connect(voice);
  return voice.stream.getAudioTracks()[0]!;
}
