import { Trans, useLingui } from '@lingui/react/macro';
import { IconEye, IconMicrophoneOff, IconVolume } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { sideWords } from '../../../lib/side-words.ts';
import { classes } from '../../../ui/classes.ts';
import type { RemotePeer, RoomState } from '../room-state.ts';
import { initialsOf } from './initials.ts';
import styles from './people-tiles.module.css';
import { useVideo } from './use-video.ts';

interface PeopleTilesProps {
  /** Everybody but who is large. */
  readonly peers: readonly RemotePeer[];
  readonly speaker: RoomState['speaker'];
  readonly isCurtained: boolean;
}

/** The others in the call, small, each with name and part. Who speaks is marked by a frame, a sign and a word. */
export function PeopleTiles({ peers, speaker, isCurtained }: PeopleTilesProps) {
  const { t } = useLingui();
  return (
    <ul className={styles.tiles} aria-label={t`Others in the call`}>
      {peers.map((peer) => (
        <Tile
          key={peer.peerId}
          peer={peer}
          isSpeaking={peer.peerId === speaker}
          isHidden={isCurtained && peer.side === 'station'}
        />
      ))}
    </ul>
  );
}

function Tile({ peer, isSpeaking, isHidden }: { peer: RemotePeer; isSpeaking: boolean; isHidden: boolean }) {
  const { t } = useLingui();
  const { camera, microphone, side, displayName } = peer;
  const track = camera !== null && !camera.isPaused && !isHidden ? camera.track : null;
  const stream = useMemo(() => (track ? new MediaStream([track]) : null), [track]);
  const { ref } = useVideo(stream);
  const [shown, setShown] = useState<MediaStreamTrack | null>(null);
  // From the first picture on; what was seen last stays as a still while the picture is held back.
  const hasPicture = track !== null && shown === track;
  return (
    <li className={classes(styles.tile, isSpeaking && styles.speaking)}>
      <span className={styles.picture}>
        {track && (
          <video
            ref={ref}
            className={classes(styles.video, !hasPicture && styles.covered)}
            muted
            playsInline
            autoPlay
            onLoadedData={() => setShown(track)}
          />
        )}
        {!hasPicture && (
          <span className={styles.initials} aria-hidden="true">
            {side === 'observer' ? <IconEye size={28} /> : initialsOf(displayName)}
          </span>
        )}
        {hasPicture && camera?.isHeld === true && (
          <span className={styles.still}>
            <Trans>still</Trans>
          </span>
        )}
      </span>
      <span className={styles.words}>
        <strong className={styles.name}>{displayName}</strong>
        <span className={styles.part}>{t(sideWords[side])}</span>
        <span className={styles.state}>
          {isSpeaking ? (
            <>
              <IconVolume size={16} aria-hidden /> <Trans>speaks</Trans>
            </>
          ) : !peer.isReachable ? (
            <Trans>connection lost</Trans>
          ) : (
            microphone?.isPaused && (
              <>
                <IconMicrophoneOff size={16} aria-hidden /> <Trans>microphone off</Trans>
              </>
            )
          )}
        </span>
      </span>
    </li>
  );
}
