/**
 * The ring and the small sounds, made by WebAudio: no file to fetch on a thin link. The ring is one looping buffer, not
 * a timer, so it goes on in a background tab, where timers are slowed down.
 */
import { createStore, useStore } from './store.ts';

const SAMPLE_RATE = 24_000;
/** Two strokes of a second in all, then a pause: the cadence people know from telephones. */
const RING_SECONDS = 3;

let context: AudioContext | undefined;
let ringing: { source: AudioBufferSourceNode; gain: GainNode } | undefined;
const wanted = new Set<symbol>();

/** `locked` until the first click or key on the page: a browser allows no sound before. */
const sound = createStore<'locked' | 'ready'>('locked');

export function useSoundState(): 'locked' | 'ready' {
  return useStore(sound);
}

/** Called once at start-up: the first gesture anywhere unlocks the sound. */
export function unlockSoundsOnFirstGesture(): void {
  const events = ['pointerdown', 'keydown'] as const;
  const unlock = () => {
    void resume().then((isRunning) => {
      if (isRunning) for (const name of events) removeEventListener(name, unlock, true);
    });
  };
  for (const name of events) addEventListener(name, unlock, true);
}

async function resume(): Promise<boolean> {
  try {
    context ??= new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'playback' });
    await context.resume();
  } catch {
    return false;
  }
  if (context.state !== 'running') return false;
  sound.set('ready');
  if (wanted.size > 0) soundRing(context);
  return true;
}

/** Rings until the returned function is called. Several callers ring together and the last to stop ends it. */
export function startRing(): () => void {
  const token = Symbol('ring');
  wanted.add(token);
  // A returning specialist's page may be allowed to sound without a gesture; try.
  void resume();
  return () => {
    if (wanted.delete(token) && wanted.size === 0) silenceRing();
  };
}

/** A short soft tone: a message came. */
export function playBlip(): void {
  if (!context || context.state !== 'running') return;
  const at = context.currentTime;
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.12, at + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
  const tone = context.createOscillator();
  tone.frequency.setValueAtTime(740, at);
  tone.frequency.setValueAtTime(988, at + 0.09);
  tone.connect(gain).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.25);
}

function soundRing(audio: AudioContext): void {
  if (ringing) return;
  const source = audio.createBufferSource();
  source.buffer = ringBuffer(audio);
  source.loop = true;
  const gain = audio.createGain();
  gain.gain.value = 0.5;
  source.connect(gain).connect(audio.destination);
  source.start();
  ringing = { source, gain };
}

function silenceRing(): void {
  if (!ringing) return;
  ringing.source.stop();
  ringing.source.disconnect();
  ringing.gain.disconnect();
  ringing = undefined;
}

function ringBuffer(audio: AudioContext): AudioBuffer {
  const buffer = audio.createBuffer(1, RING_SECONDS * SAMPLE_RATE, SAMPLE_RATE);
  buffer.copyToChannel(ringSamples(SAMPLE_RATE), 0);
  return buffer;
}

/** One period of the ring as samples between -1 and 1: strokes at 0 and 0.55 s, each of 0.4 s, then silence. */
export function ringSamples(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(RING_SECONDS * sampleRate);
  const stroke = 0.4;
  for (const start of [0, 0.55]) {
    for (let i = 0; i < stroke * sampleRate; i += 1) {
      const t = i / sampleRate;
      const edge = Math.min(1, t / 0.015, (stroke - t) / 0.05);
      const chord = Math.sin(2 * Math.PI * 587 * t) + 0.7 * Math.sin(2 * Math.PI * 740 * t);
      samples[Math.round(start * sampleRate) + i] = 0.5 * edge * chord;
    }
  }
  return samples;
}
