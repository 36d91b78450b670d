import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useLinkState } from '../lib/socket.ts';
import { StatusBadge } from './status-badge.tsx';

/** A blip shorter than this is nobody's business. */
const QUIET_MS = 1500;

/** Whether this page hears from the server at once; seconds are counted while it does not. */
export function LinkStatus() {
  const link = useLinkState();
  const [now, setNow] = useState(() => performance.now());
  const isAway = link.kind === 'reconnecting' || link.kind === 'connecting';

  useEffect(() => {
    if (!isAway) return;
    setNow(performance.now());
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, [isAway]);

  if (link.kind === 'off') return null;
  const awayMs = isAway ? now - link.since : 0;
  if (awayMs < QUIET_MS) {
    return (
      <StatusBadge tone="well">
        <Trans>Connected</Trans>
      </StatusBadge>
    );
  }
  const seconds = Math.floor(awayMs / 1000);
  return (
    <StatusBadge tone={seconds < 30 ? 'heed' : 'act-now'}>
      <Trans>No link for {seconds} s, reconnecting</Trans>
    </StatusBadge>
  );
}
