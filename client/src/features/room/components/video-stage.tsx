import { Trans } from '@lingui/react/macro';
import { IconEyeOff, IconVolume } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PrimaryAction } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import type { RemotePeer } from '../room-state.ts';
import { initialsOf } from './initials.ts';
import { useVideo } from './use-video.ts';
import styles from './video-stage.module.css';

interface VideoStageProps {
  /** Who is shown; nobody yet when undefined. */
  readonly peer: RemotePeer | undefined;
  /** In place of a picture while there is nobody. */
  readonly placeholder: ReactNode;
  /** No picture is wanted, whatever the other side sends. */
  readonly isVoiceOnly?: boolean | undefined;
  /** The patient is behind a curtain: no picture, whatever comes. */
  readonly isCurtained?: boolean | undefined;
  /** The sound comes from elsewhere: see OtherVoices. */
  readonly isSilent?: boolean | undefined;
  /** Another picture, with what is marked on it. */
  readonly front?: ReactNode;
  /** The other picture is the large one. */
  readonly isAside?: boolean | undefined;
  /** Stands in the lower corner of the picture: the self view. */
  readonly corner?: ReactNode;
  readonly className?: string | undefined;
}

/** The other one's picture and voice. Docked: nothing floats over what is being written. */
export function VideoStage({ peer, placeholder, isVoiceOnly = false, corner, className, ...rest }: VideoStageProps) {
  const { isCurtained = false, isSilent = false, front, isAside = false } = rest;
  const { ref, isBlocked, unblock } = useVideo(peer?.stream ?? null);
  const hasPicture = !isCurtained && !isVoiceOnly && peer?.camera != null && !peer.camera.isPaused;
  return (
    <div className={classes(styles.stage, className)}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a live call has no captions */}
      <video
        ref={ref}
        className={classes(styles.video, !hasPicture && styles.covered, isAside && styles.aside)}
        playsInline
        autoPlay
        muted={isSilent}
      />
      {!peer && <div className={styles.cover}>{placeholder}</div>}
      {front}
      {peer && isCurtained && (
        <div className={classes(styles.cover, styles.curtain)}>
          <IconEyeOff size={64} aria-hidden />
          <p>
            <Trans>The curtain is drawn</Trans>
          </p>
        </div>
      )}
      {peer && !hasPicture && !isCurtained && !isAside && (
        <div className={styles.cover}>
          <span className={styles.initials} aria-hidden="true">
            {initialsOf(peer.displayName)}
          </span>
          <p>
            {isVoiceOnly ? (
              <Trans>Voice only: the whole link is for the sound</Trans>
            ) : peer.microphone ? (
              <Trans>Voice only: the camera there is off</Trans>
            ) : (
              <Trans>Waiting for sound and picture…</Trans>
            )}
          </p>
        </div>
      )}
      {peer && (
        <p className={styles.name}>
          {peer.displayName}
          {peer.microphone?.isPaused && (
            <>
              {' · '}
              <Trans>microphone off</Trans>
            </>
          )}
        </p>
      )}
      {isBlocked && (
        <div className={classes(styles.cover, styles.top)}>
          <PrimaryAction icon={<IconVolume size={24} aria-hidden />} onClick={unblock}>
            <Trans>Press to hear the call</Trans>
          </PrimaryAction>
        </div>
      )}
      {corner && <div className={styles.corner}>{corner}</div>}
    </div>
  );
}
