import { Trans } from '@lingui/react/macro';
import { useSecondsSince } from '../lib/clock.ts';
import { useLinkState } from '../lib/socket.ts';
import styles from './link-status.module.css';
import { StatusBadge } from './status-badge.tsx';

/** A blip shorter than this is nobody's business. */
const QUIET_SECONDS = 2;

/** Whether this page hears from the server at once; seconds are counted while it does not. */
export function LinkStatus() {
  const link = useLinkState();
  const isAway = link.kind === 'reconnecting' || link.kind === 'connecting';
  const seconds = useSecondsSince(isAway ? link.since : 0, isAway);
  if (link.kind === 'off') return null;
  if (seconds < QUIET_SECONDS) {
    return (
      <StatusBadge tone="well" {...(styles.calm !== undefined && { className: styles.calm })}>
        <Trans>Connected</Trans>
      </StatusBadge>
    );
  }
  return (
    <StatusBadge tone={seconds < 30 ? 'heed' : 'act-now'}>
      <Trans>No link for {seconds} s, reconnecting</Trans>
    </StatusBadge>
  );
}
