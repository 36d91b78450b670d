import { Trans } from '@lingui/react/macro';
import { IconClockHour4 } from '@tabler/icons-react';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDuration } from '../../../lib/format.ts';
import { Action } from '../../../ui/action.tsx';
import { StatusBadge, StatusShape } from '../../../ui/status-badge.tsx';
import styles from './hold-countdown.module.css';
import { holdPhase, type SlotHold } from './slot-hold.ts';

interface HoldCountdownProps {
  readonly hold: SlotHold;
  readonly isBusy: boolean;
  onProlong(): void;
  onOther(): void;
}

/** For how long the slot is kept; when it ran out, what that means and what can be done. Nothing that was entered is lost. */
export function HoldCountdown({ hold, isBusy, onProlong, onOther }: HoldCountdownProps) {
  const phase = holdPhase(hold, useNowSeconds());
  switch (phase.kind) {
    case 'held': {
      const left = formatDuration(phase.secondsLeft);
      return (
        <div className={styles.held}>
          <StatusBadge tone={phase.isShort ? 'heed' : 'accent'}>
            <Trans>Kept for you</Trans>
          </StatusBadge>
          <span className={styles.clock} role="timer" aria-live="off">
            {left}
          </span>
          {phase.isShort && (
            <Action icon={<IconClockHour4 size={20} aria-hidden />} isBusy={isBusy} onClick={onProlong}>
              <Trans>Two minutes more</Trans>
            </Action>
          )}
          <span role="status" className="visually-hidden">
            {phase.isShort && <Trans>Less than 30 seconds left</Trans>}
          </span>
        </div>
      );
    }
    case 'expired':
      return (
        <div className={styles.over} role="alert">
          <StatusShape tone="heed" />
          <div>
            <p className={styles.title}>
              <Trans>The two minutes are over: the slot is no longer kept for you.</Trans>
            </p>
            <p>
              <Trans>
                What you entered is kept. If nobody has taken the slot, it is booked all the same when you press the
                button.
              </Trans>
            </p>
            <Action icon={<IconClockHour4 size={20} aria-hidden />} isBusy={isBusy} onClick={onProlong}>
              <Trans>Keep it again</Trans>
            </Action>
          </div>
        </div>
      );
    case 'begun':
      return (
        <div className={styles.over} role="alert">
          <StatusShape tone="heed" />
          <div>
            <p className={styles.title}>
              <Trans>The time of this slot has come: it can no longer be booked.</Trans>
            </p>
            <Action onClick={onOther}>
              <Trans>Choose another time</Trans>
            </Action>
          </div>
        </div>
      );
  }
}
