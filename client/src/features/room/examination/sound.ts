import { SOUND_FILTERS, type SoundFilter } from '@jaqyn/shared/signalling/examination';
import { encodeWav } from '../../../lib/wav.ts';

/** Heart and lungs end far below half of it. */
const RECORDING_HZ = 8000;
const RECORDING_SECONDS = 15;

/** Second-order filters twice each: what is outside is 24 dB an octave down. */
const ORDER = 2;

export interface SoundPlayer {
  setFilter(filter: SoundFilter): void;
  close(): void;
}

/** Lets a stethoscope be heard through a preset. `element` keeps the browser fetching the sound; it is silent itself. */
export function playFiltered(stream: MediaStream, element: HTMLAudioElement, first: SoundFilter): SoundPlayer {
  element.srcObject = stream;
  element.muted = true;
  void element.play().catch(() => {});
  const context = new AudioContext();
  const source = context.createMediaStreamSource(stream);
  let filters: BiquadFilterNode[] = [];
  const resume = () => void context.resume();
  addEventListener('pointerdown', resume);
  addEventListener('keydown', resume);
  const setFilter = (filter: SoundFilter) => {
    source.disconnect();
    for (const node of filters) node.disconnect();
    filters = filtersOf(context, filter);
    let last: AudioNode = source;
    for (const node of filters) last = last.connect(node);
    last.connect(context.destination);
  };
  setFilter(first);
  return {
    setFilter,
    close() {
      removeEventListener('pointerdown', resume);
      removeEventListener('keydown', resume);
      source.disconnect();
      element.srcObject = null;
      void context.close();
    },
  };
}

function filtersOf(context: BaseAudioContext, name: SoundFilter): BiquadFilterNode[] {
  const { fromHz, toHz } = SOUND_FILTERS[name];
  const make = (type: 'highpass' | 'lowpass', hz: number | null) =>
    hz === null
      ? []
      : Array.from({ length: ORDER }, () => {
          const node = context.createBiquadFilter();
          node.type = type;
          node.frequency.value = hz;
          return node;
        });
  return [...make('highpass', fromHz), ...make('lowpass', toHz)];
}

/** Records what the microphone gives as it is, on this device; the link has no part in it. Throws where the browser cannot. */
export async function recordSound(
  track: MediaStreamTrack,
  onSecond: (left: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const recorder = new MediaRecorder(new MediaStream([track]), { audioBitsPerSecond: 128_000 });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }));
  recorder.start();
  let left: number = RECORDING_SECONDS;
  onSecond(left);
  const timer = setInterval(() => {
    left -= 1;
    onSecond(left);
    if (left <= 0 && recorder.state === 'recording') recorder.stop();
  }, 1000);
  const stop = () => recorder.state === 'recording' && recorder.stop();
  signal.addEventListener('abort', stop);
  await stopped;
  clearInterval(timer);
  signal.removeEventListener('abort', stop);
  const bytes = await new Blob(parts).arrayBuffer();
  const context = new OfflineAudioContext(1, RECORDING_HZ * (RECORDING_SECONDS + 1), RECORDING_HZ);
  const sound = await context.decodeAudioData(bytes);
  return encodeWav(sound.getChannelData(0), RECORDING_HZ);
}
