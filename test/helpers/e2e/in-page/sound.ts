import { videoOf } from './picture.js';

export interface Sound {
  /** Frequency of the loudest tone, in hertz, and how loud it is, in dBFS. */
  peak: number;
  loudness: number;
  /** How loud each frequency asked for is, in dBFS. */
  levels: number[];
}

const analysers = new WeakMap<MediaStream, AnalyserNode>();
let context: AudioContext | undefined;

/** Measures the sound of a person right now; undefined while there is no stream with sound. */
export function sound(name: string, frequencies: number[]): Sound | undefined {
  const stream = videoOf(name)?.srcObject;
  if (!(stream instanceof MediaStream) || !stream.getAudioTracks().length) return undefined;
  const analyser = analysers.get(stream) ?? listenTo(stream);
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const width = analyser.context.sampleRate / analyser.fftSize;
  const loudness = Math.max(...bins);
  return {
    peak: bins.indexOf(loudness) * width,
    loudness: audible(loudness),
    levels: frequencies.map((frequency) => audible(bins[Math.round(frequency / width)]!)),
  };
}

function listenTo(stream: MediaStream): AnalyserNode {
  context ??= new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
  context.createMediaStreamSource(stream).connect(analyser);
  analysers.set(stream, analyser);
  return analyser;
}

/** Silence is minus infinity, which JSON does not carry. */
const audible = (decibels: number) => Math.max(decibels, -200);
