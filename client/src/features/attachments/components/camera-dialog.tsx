import { Trans, useLingui } from '@lingui/react/macro';
import { IconCamera, IconDeviceMobile } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../lib/problem-error.ts';
import { takePhoto } from '../../../lib/take-photo.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import styles from './files-panel.module.css';

interface CameraDialogProps {
  /** The one that is running already; else it is switched on for as long as this is open. */
  readonly camera: MediaStreamTrack | undefined;
  onPhoto(photo: File): void;
  onClose(): void;
}

/** A still at the sensor's full resolution, beside the call or without one; a telephone's own camera is one press further. */
export function CameraDialog({ camera, onPhoto, onClose }: CameraDialogProps) {
  const { t } = useLingui();
  const video = useRef<HTMLVideoElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const track = useCamera(camera);
  const [isTaking, setIsTaking] = useState(false);

  useEffect(() => {
    if (!video.current || track.kind !== 'on') return;
    video.current.srcObject = new MediaStream([track.track]);
  }, [track]);

  async function take() {
    if (track.kind !== 'on') return;
    setIsTaking(true);
    const photo = await takePhoto(track.track);
    setIsTaking(false);
    if (!photo) return;
    const ending = photo.type === 'image/png' ? 'png' : 'jpg';
    onPhoto(new File([photo], `photo.${ending}`, { type: photo.type === '' ? 'image/jpeg' : photo.type }));
  }

  return (
    <Dialog isOpen title={t`Take a photo`} onClose={onClose}>
      {track.kind === 'failed' ? (
        <ProblemNotice error={track.problem} />
      ) : (
        <video ref={video} className={styles.camera} autoPlay playsInline muted aria-label={t`Picture of the camera`} />
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*"
        capture="environment"
        aria-label={t`Camera of the device`}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) onPhoto(file);
        }}
      />
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Go back</Trans>
        </Action>
        <Action icon={<IconDeviceMobile size={22} aria-hidden />} onClick={() => input.current?.click()}>
          <Trans>Camera of the device</Trans>
        </Action>
        <PrimaryAction
          icon={<IconCamera size={24} aria-hidden />}
          isBusy={isTaking}
          disabled={track.kind !== 'on'}
          onClick={() => void take()}
        >
          <Trans>Take it</Trans>
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

type Camera =
  | { readonly kind: 'starting' }
  | { readonly kind: 'on'; readonly track: MediaStreamTrack }
  | { readonly kind: 'failed'; readonly problem: ProblemError };

function useCamera(given: MediaStreamTrack | undefined): Camera {
  const [own, setOwn] = useState<Camera>({ kind: 'starting' });
  useEffect(() => {
    if (given) return;
    let isOpen = true;
    let track: MediaStreamTrack | undefined;
    const wanted = { video: { facingMode: 'environment', width: { ideal: 4096 }, height: { ideal: 2160 } } };
    navigator.mediaDevices.getUserMedia(wanted).then(
      (stream) => {
        [track] = stream.getVideoTracks();
        if (!isOpen || !track) track?.stop();
        else setOwn({ kind: 'on', track });
      },
      (error: unknown) => {
        const code =
          error instanceof DOMException && error.name === 'NotAllowedError' ? 'device.refused' : 'device.missing';
        if (isOpen) setOwn({ kind: 'failed', problem: ProblemError.local(code, error) });
      },
    );
    return () => {
      isOpen = false;
      track?.stop();
    };
  }, [given]);
  return given ? { kind: 'on', track: given } : own;
}
