import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useSecondsSince } from '../../../lib/clock.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import type { RoomConnection } from '../room-state.ts';
import styles from './connection-bar.module.css';

function sinceOf(connection: RoomConnection): number | null {
  switch (connection.kind) {
    case 'joining':
    case 'reconnecting':
      return connection.since;
    case 'live':
      return connection.signallingLostSince;
    case 'idle':
    case 'left':
    case 'failed':
      return null;
  }
}

/** How the call's connection is, in words with seconds; `children` stand behind it while it is live. Nothing of the screen is blocked by it. */
export function ConnectionBar({ connection, children }: { connection: RoomConnection; children?: ReactNode }) {
  const since = sinceOf(connection);
  const seconds = useSecondsSince(since ?? 0, since !== null);
  return (
    <div className={styles.bar} role="status">
      <Words connection={connection} seconds={seconds} />
      {connection.kind === 'live' && children}
    </div>
  );
}

function Words({ connection, seconds }: { connection: RoomConnection; seconds: number }) {
  switch (connection.kind) {
    case 'idle':
      return null;
    case 'joining':
      return (
        <StatusBadge tone="accent">
          {connection.step === 'media' ? (
            <Trans>Connecting sound and picture…</Trans>
          ) : (
            <Trans>Connecting the call…</Trans>
          )}
        </StatusBadge>
      );
    case 'live':
      return connection.signallingLostSince !== null && seconds >= 2 ? (
        <StatusBadge tone="heed">
          <Trans>No link to the server for {seconds} s: sound goes on, messages are sent later</Trans>
        </StatusBadge>
      ) : (
        <StatusBadge tone="well">
          <Trans>Call connected</Trans>
        </StatusBadge>
      );
    case 'reconnecting':
      return (
        <StatusBadge tone={seconds < 30 ? 'heed' : 'act-now'}>
          <Trans>Reconnecting for {seconds} s: everything typed is kept</Trans>
        </StatusBadge>
      );
    case 'left':
      return (
        <StatusBadge tone="quiet">
          {connection.reason === 'replaced' ? (
            <Trans>The call is open in another window</Trans>
          ) : (
            <Trans>You have left the call</Trans>
          )}
        </StatusBadge>
      );
    case 'failed':
      return (
        <StatusBadge tone="act-now">
          <Trans>The call could not be joined</Trans>
        </StatusBadge>
      );
  }
}
