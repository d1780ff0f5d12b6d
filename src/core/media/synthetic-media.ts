import { holdAudio } from './page-audio.js';

/** The picture and sound of a synthetic camera and microphone. */
export interface SyntheticMediaOptions {
  /** Colour of the picture, any CSS colour. */
  colour?: string;
  /** Frequency of the tone, in hertz; 0 for silence. */
  tone?: number;
  /** Size of the picture, in pixels. */
  width?: number;
  height?: number;
  /** Pictures a second. */
  frameRate?: number;
  /** Draws something else over each frame. */
  draw?: (context: CanvasRenderingContext2D, frame: number) => void;
}

/** Pixels of the frame counter's squares: it is written in the top left corner, in binary. */
const BIT = 16;
const BITS = 12;

/**
 * A camera and a microphone that need no device and no permission: a coloured canvas with a
 * frame counter, and an oscillator. For stories, tests and connection checks.
 * @returns a function with the signature of getUserMedia
 */
export function syntheticMedia(
  options: SyntheticMediaOptions = {},
): (constraints: MediaStreamConstraints) => Promise<MediaStream> {
  return async ({ audio, video }) => {
    const tracks: MediaStreamTrack[] = [];
    if (audio) tracks.push(await oscillatorTrack(options));
    if (video) tracks.push(canvasTrack(options));
    return new MediaStream(tracks);
  };
}

function canvasTrack({
  colour = 'rebeccapurple',
  width = 320,
  height = 240,
  frameRate = 30,
  draw: drawOver,
}: SyntheticMediaOptions): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d')!;
  const [track] = canvas.captureStream(frameRate).getVideoTracks();
  let frame = 0;
  const draw = () => {
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
    frame++;
    for (let bit = 0; bit < BITS; bit++) {
      context.fillStyle = frame & (1 << bit) ? 'white' : 'black';
      context.fillRect(bit * BIT, 0, BIT, BIT);
    }
    drawOver?.(context, frame);
    // The end of a track that its own page stops is no event: look.
    if (track!.readyState === 'ended') clearInterval(timer);
  };
  const timer = setInterval(draw, 1000 / frameRate);
  draw();
  return track!;
}

async function oscillatorTrack({ tone = 440 }: SyntheticMediaOptions): Promise<MediaStreamTrack> {
  // Held for good: a track says nothing when its own page stops it. Silent until a gesture.
  const { context } = holdAudio();
  const oscillator = new OscillatorNode(context, { frequency: tone });
  const destination = context.createMediaStreamDestination();
  if (tone) oscillator.connect(destination);
  oscillator.start();
  return Promise.resolve(destination.stream.getAudioTracks()[0]!);
}
