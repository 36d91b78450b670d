import type { CallStep } from '@jaqyn/shared/media/call-step';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Action } from '../../../ui/action.tsx';
import { ChoiceCards } from '../../../ui/choice-cards.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import type { LocalTrack } from '../room-state.ts';
import styles from './device-menu.module.css';
import { MicMeter } from './mic-meter.tsx';

type Source = 'microphone' | 'camera';

interface DeviceMenuProps {
  readonly isOpen: boolean;
  readonly microphone: LocalTrack;
  readonly camera: LocalTrack;
  /** The best step of the picture that may be sent; undefined: whatever fits. */
  readonly hold: CallStep | undefined;
  onChoose(source: Source, deviceId: string): void;
  onHold(hold: CallStep | undefined): void;
  onClose(): void;
}

/** Which microphone and camera; the call goes on while one is changed. */
export function DeviceMenu({ isOpen, microphone, camera, hold, onChoose, onHold, onClose }: DeviceMenuProps) {
  const { t } = useLingui();
  const devices = useDevices(isOpen);
  return (
    <Dialog isOpen={isOpen} title={<Trans>Microphone and camera</Trans>} onClose={onClose}>
      <div className={styles.menu}>
        <DeviceField
          label={t`Microphone`}
          track={microphone}
          devices={devices.filter(({ kind }) => kind === 'audioinput')}
          onChoose={(deviceId) => onChoose('microphone', deviceId)}
        />
        {microphone.kind === 'on' && !microphone.isMuted && <MicMeter track={microphone.track} />}
        <DeviceField
          label={t`Camera`}
          track={camera}
          devices={devices.filter(({ kind }) => kind === 'videoinput')}
          onChoose={(deviceId) => onChoose('camera', deviceId)}
        />
        <ChoiceCards
          legend={<Trans>Picture from here</Trans>}
          choices={[
            { value: 'sharp', title: <Trans>Automatic</Trans>, note: <Trans>As much as the link carries</Trans> },
            { value: 'small', title: <Trans>Small</Trans>, note: <Trans>Saves the link for the other side</Trans> },
            { value: 'still', title: <Trans>Stills</Trans>, note: <Trans>One every 5 s</Trans> },
          ]}
          value={hold === undefined || hold === 'voice' ? 'sharp' : hold}
          onChange={(step) => onHold(step === 'sharp' ? undefined : step)}
        />
        {/* One problem is often both: say it once. */}
        {microphone.kind === 'unavailable' ? (
          <ProblemNotice error={microphone.problem} />
        ) : (
          camera.kind === 'unavailable' && <ProblemNotice error={camera.problem} />
        )}
      </div>
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Close</Trans>
        </Action>
      </DialogActions>
    </Dialog>
  );
}

interface DeviceFieldProps {
  readonly label: string;
  readonly track: LocalTrack;
  readonly devices: readonly MediaDeviceInfo[];
  onChoose(deviceId: string): void;
}

function DeviceField({ label, track, devices, onChoose }: DeviceFieldProps) {
  const { t } = useLingui();
  const chosen = track.kind === 'on' ? track.deviceId : '';
  return (
    <label className={styles.field}>
      {label}
      <select
        className={styles.select}
        value={chosen}
        disabled={devices.length === 0}
        onChange={(event) => event.target.value !== '' && onChoose(event.target.value)}
      >
        {devices.length === 0 && <option value="">{t`None was found`}</option>}
        {devices.length > 0 && chosen === '' && <option value="">{t`Not chosen`}</option>}
        {devices.map((device, at) => {
          const number = at + 1;
          return (
            <option key={device.deviceId} value={device.deviceId}>
              {/* Without permission the browser hides the names. */}
              {device.label || t`Device ${number}`}
            </option>
          );
        })}
      </select>
    </label>
  );
}

function useDevices(isWanted: boolean): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    // Absent on an insecure page.
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!isWanted || !media) return;
    const look = () => void media.enumerateDevices().then(setDevices, () => {});
    look();
    media.addEventListener('devicechange', look);
    return () => media.removeEventListener('devicechange', look);
  }, [isWanted]);
  return devices;
}
