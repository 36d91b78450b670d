import { Trans, useLingui } from '@lingui/react/macro';
import { IconEyeOff } from '@tabler/icons-react';
import { formatTime } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import type { ShownCurtain } from '../room-state.ts';
import { CallControl, useShortcuts } from './call-controls.tsx';
import styles from './curtain-control.module.css';

interface CurtainProps {
  /** Null: it is open. */
  readonly curtain: ShownCurtain | null;
  /** Only where the patient is. */
  readonly canOpen: boolean;
  onSet(isDrawn: boolean, hidesSound?: boolean): void;
}

/** One press, or Alt+C, and nobody sees the patient. */
export function CurtainControl({ curtain, canOpen, onSet }: CurtainProps) {
  const { t } = useLingui();
  const isDrawn = curtain !== null;
  const toggle = () => {
    if (!isDrawn) onSet(true);
    else if (canOpen) onSet(false);
  };
  useShortcuts({ KeyC: toggle });
  return (
    <CallControl
      icon={<IconEyeOff size={24} aria-hidden />}
      isOff={isDrawn}
      isPressed={isDrawn}
      isDisabled={isDrawn && !canOpen}
      title={t`Alt+C: nobody sees the patient`}
      onPress={toggle}
    >
      <Trans>Curtain</Trans>
    </CallControl>
  );
}

/** What the curtain does, who drew it and when, and what can be done. */
export function CurtainBanner({ curtain, canOpen, onSet }: CurtainProps) {
  if (curtain === null) return null;
  const { hidesSound, by, at } = curtain;
  const time = at === null ? '' : formatTime(at);
  return (
    <div className={styles.banner} role="status">
      <StatusBadge tone="heed">
        {hidesSound ? (
          <Trans>The curtain is drawn: nobody sees or hears the patient</Trans>
        ) : (
          <Trans>The curtain is drawn: nobody sees the patient</Trans>
        )}
      </StatusBadge>
      <span>
        {curtain.isTold && by !== null ? (
          <Trans>
            {by}, {time}
          </Trans>
        ) : (
          <Trans>It holds here; the other side is told when there is a line</Trans>
        )}
      </span>
      <span className={styles.actions}>
        {(canOpen || !hidesSound) && (
          <Action tone="quiet" onClick={() => onSet(true, !hidesSound)}>
            {hidesSound ? <Trans>Let the sound through</Trans> : <Trans>Hide the sound too</Trans>}
          </Action>
        )}
        {canOpen ? (
          <Action onClick={() => onSet(false)}>
            <Trans>Open the curtain</Trans>
          </Action>
        ) : (
          <Trans>The station opens it</Trans>
        )}
      </span>
    </div>
  );
}
