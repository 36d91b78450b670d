import { Trans, useLingui } from '@lingui/react/macro';
import { stepReasonWords, stepWords } from '../../../lib/step-words.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import type { RemotePeer, RoomState } from '../room-state.ts';
import styles from './connection-bar.module.css';

/** How much of a picture goes each way, and why no more, in words: nobody has to guess what the other side sees. */
export function CallSteps({ own, theirs }: { own: RoomState['step']; theirs: RemotePeer['step'] | undefined }) {
  const { t } = useLingui();
  const words = ({ step, why }: NonNullable<RoomState['step'] | RemotePeer['step']>) =>
    why == null ? t(stepWords[step]) : `${t(stepWords[step])} (${t(stepReasonWords[why])})`;
  const here = own === undefined || own.why === 'too_thin' ? undefined : words(own);
  const there = theirs == null || theirs.why === 'too_thin' ? undefined : words(theirs);
  return (
    <>
      {own?.why === 'too_thin' && (
        <StatusBadge tone="act-now">
          <Trans>Your voice does not get through</Trans>
        </StatusBadge>
      )}
      {theirs?.why === 'too_thin' && (
        <StatusBadge tone="act-now">
          <Trans>Their voice does not get through</Trans>
        </StatusBadge>
      )}
      {here !== undefined && (
        <span className={styles.step}>
          <Trans>Your picture: {here}</Trans>
        </span>
      )}
      {there !== undefined && (
        <span className={styles.step}>
          <Trans>Their picture: {there}</Trans>
        </span>
      )}
    </>
  );
}
