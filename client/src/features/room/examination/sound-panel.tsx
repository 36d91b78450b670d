import { SOUND_FILTERS, type SoundFilter } from '@jaqyn/shared/signalling/examination';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlayerRecord, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { MicMeter } from '../components/mic-meter.tsx';
import styles from './examination-bar.module.css';
import type { ExaminationDesk } from './examination-desk.ts';
import { playFiltered, recordSound, type SoundPlayer } from './sound.ts';

interface StationSoundProps {
  readonly desk: ExaminationDesk;
  readonly track: MediaStreamTrack;
  /** Undefined: the link carries no sound worth listening to. */
  readonly sentBps: number | undefined;
  onRecorded(sound: Blob): void;
}

/** The stethoscope where it is: a meter, how it is heard, and a recording that needs no link. */
export function StationSound({ desk, track, sentBps, onRecorded }: StationSoundProps) {
  const { t } = useLingui();
  const [left, setLeft] = useState<number>();
  const [problem, setProblem] = useState<ProblemError>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  function record() {
    if (abort.current !== undefined) return abort.current.abort();
    const controller = new AbortController();
    abort.current = controller;
    setProblem(undefined);
    desk.setRecording(true);
    recordSound(track, setLeft, controller.signal)
      .then(onRecorded, (error: unknown) => setProblem(ProblemError.local('device.busy', error)))
      .finally(() => {
        abort.current = undefined;
        setLeft(undefined);
        desk.setRecording(false);
      });
  }

  return (
    <div className={styles.sound} role="group" aria-label={t`Stethoscope`}>
      <MicMeter track={track} />
      <span role="status">
        {sentBps === undefined ? (
          <Trans>The link is too thin to listen: record 15 seconds, they are sent as a file.</Trans>
        ) : (
          <Trans>The specialist listens; your talk is muted for it.</Trans>
        )}
      </span>
      <IconButton
        icon={
          left === undefined ? <IconPlayerRecord size={22} aria-hidden /> : <IconPlayerStop size={22} aria-hidden />
        }
        word={left === undefined ? t`Record 15 seconds` : t`Stop, ${left} s left`}
        aria-pressed={left !== undefined}
        onClick={record}
      />
      {problem && <ProblemNotice error={problem} />}
    </div>
  );
}

/** The stethoscope where it is listened to: a meter and what is let through. */
export function SpecialistSound({ track }: { track: MediaStreamTrack }) {
  const { t } = useLingui();
  const [filter, setFilter] = useState<SoundFilter>('heart');
  const element = useRef<HTMLAudioElement>(null);
  const player = useRef<SoundPlayer>(undefined);
  useEffect(() => {
    if (element.current === null) return;
    const playing = playFiltered(new MediaStream([track]), element.current, 'heart');
    player.current = playing;
    return () => playing.close();
  }, [track]);
  const words: Record<SoundFilter, string> = {
    heart: t`Heart, 20–200 Hz`,
    lungs: t`Lungs, 100–1000 Hz`,
    wide: t`Everything`,
  };
  return (
    <div className={styles.sound} role="group" aria-label={t`Stethoscope`}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- sounds of a body have no captions */}
      <audio ref={element} />
      <MicMeter track={track} />
      {(Object.keys(SOUND_FILTERS) as SoundFilter[]).map((name) => (
        <button
          key={name}
          type="button"
          className={styles.filter}
          aria-pressed={filter === name}
          onClick={() => {
            setFilter(name);
            player.current?.setFilter(name);
          }}
        >
          {words[name]}
        </button>
      ))}
      <span>
        <Trans>Use headphones: small loudspeakers do not give back a heart.</Trans>
      </span>
    </div>
  );
}
