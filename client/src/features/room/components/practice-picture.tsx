import { Trans } from '@lingui/react/macro';
import { IconEar } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import type { PracticeState } from '../practice-call.ts';
import { MicMeter } from './mic-meter.tsx';
import styles from './practice-picture.module.css';
import { useVideo } from './use-video.ts';

/** What came back of oneself, large and silent; small what the camera sees now; and, afterwards, how one sounded. */
export function PracticePicture({ practice }: { practice: PracticeState }) {
  const { phase, returned, camera, microphone, recording } = practice;
  const isOver = phase.kind === 'done';
  const own = useMemo(() => (camera?.track && !isOver ? new MediaStream([camera.track]) : null), [camera, isOver]);
  const { ref: back } = useVideo(isOver ? null : (returned ?? null));
  const { ref: self } = useVideo(own);
  return (
    <div className={styles.practice}>
      <div className={styles.stage}>
        <video ref={back} className={classes(styles.back, isOver && styles.gone)} muted playsInline autoPlay />
        {(isOver || !returned) && (
          <p className={styles.words}>
            {isOver ? (
              <Trans>The practice call is over.</Trans>
            ) : (
              <Trans>Your picture comes here when it is back.</Trans>
            )}
          </p>
        )}
        {own && <video ref={self} className={styles.self} muted playsInline autoPlay />}
      </div>
      {microphone?.track && !isOver && <MicMeter track={microphone.track} />}
      {recording && <Recording recording={recording} />}
    </div>
  );
}

/** Heard when it is asked for: at once it would be an echo. */
function Recording({ recording }: { recording: Blob }) {
  const [isPlaying, setIsPlaying] = useState(false);
  const play = () => {
    const url = URL.createObjectURL(recording);
    const audio = new Audio(url);
    const over = () => {
      URL.revokeObjectURL(url);
      setIsPlaying(false);
    };
    setIsPlaying(true);
    audio.addEventListener('ended', over, { once: true });
    audio.play().catch(over);
  };
  return (
    <Action icon={<IconEar size={22} aria-hidden />} isBusy={isPlaying} onClick={play}>
      <Trans>Hear yourself as the specialist would</Trans>
    </Action>
  );
}
