import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import styles from './mic-meter.module.css';

/** As many as can be told apart on so short a bar; each costs an old computer a repaint. */
const LEVELS = 16;

/** Moves when the microphone hears something. Written past React: up to ten times a second, straight to the element. */
export function MicMeter({ track }: { track: MediaStreamTrack }) {
  const { t } = useLingui();
  const bar = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const audio = new AudioContext({ latencyHint: 'playback' });
    const analyser = audio.createAnalyser();
    analyser.fftSize = 512;
    const source = audio.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let shown = '';
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const loudness = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
      // −60 dB is a quiet room, −12 dB a raised voice close by.
      const level = Math.min(1, Math.max(0, (20 * Math.log10(loudness + 1e-6) + 60) / 48));
      const next = (Math.round(level * LEVELS) / LEVELS).toFixed(2);
      if (next === shown) return;
      shown = next;
      bar.current?.style.setProperty('--level', next);
    }, 100);
    // After a reload the browser holds all sound back until somebody touches the page.
    const resume = () => void audio.resume();
    addEventListener('pointerdown', resume);
    addEventListener('keydown', resume);
    return () => {
      removeEventListener('pointerdown', resume);
      removeEventListener('keydown', resume);
      clearInterval(timer);
      source.disconnect();
      void audio.close();
    };
  }, [track]);

  return (
    <span className={styles.meter} role="img" aria-label={t`Microphone level`}>
      <span ref={bar} className={styles.level} />
    </span>
  );
}
