import { Trans } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { classes } from '../../../ui/classes.ts';
import type { LocalTrack } from '../room-state.ts';
import { MicMeter } from './mic-meter.tsx';
import styles from './self-view.module.css';
import { useVideo } from './use-video.ts';

interface SelfViewProps {
  readonly camera: LocalTrack;
  readonly microphone: LocalTrack;
  /** `large` is for the waiting screen, where it cannot be hidden. */
  readonly size?: 'small' | 'large';
  /** Behind a curtain one's own screen shows nothing either. */
  readonly isCurtained?: boolean | undefined;
}

/** How one is seen and heard oneself: mirrored, silent, small, and hideable in the call. */
export function SelfView({ camera, microphone, size = 'small', isCurtained = false }: SelfViewProps) {
  const [isHidden, setIsHidden] = useState(false);
  const cameraTrack = camera.kind === 'on' && !camera.isMuted && !isCurtained ? camera.track : null;
  const stream = useMemo(() => (cameraTrack ? new MediaStream([cameraTrack]) : null), [cameraTrack]);
  const { ref } = useVideo(isHidden ? null : stream);

  if (isHidden) {
    return (
      <button type="button" className={classes(styles.toggle, styles.shown)} onClick={() => setIsHidden(false)}>
        <Trans>Show myself</Trans>
      </button>
    );
  }
  return (
    <div className={classes(styles.view, size === 'large' && styles.large)}>
      {cameraTrack ? (
        <video ref={ref} className={styles.video} muted playsInline autoPlay />
      ) : (
        <div className={styles.none}>
          {isCurtained ? <Trans>The curtain is drawn</Trans> : <CameraWords camera={camera} />}
        </div>
      )}
      {microphone.kind === 'on' && !microphone.isMuted && <MicMeter track={microphone.track} />}
      {size === 'small' && (
        <button type="button" className={styles.toggle} onClick={() => setIsHidden(true)}>
          <Trans>Hide myself</Trans>
        </button>
      )}
    </div>
  );
}

function CameraWords({ camera }: { camera: LocalTrack }) {
  switch (camera.kind) {
    case 'starting':
      return <Trans>Camera is starting…</Trans>;
    case 'unavailable':
      return <Trans>No camera: voice goes on</Trans>;
    case 'off':
    case 'on':
      return <Trans>Camera is off</Trans>;
  }
}
