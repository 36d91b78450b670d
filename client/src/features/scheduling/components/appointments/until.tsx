import type { Instant } from '@jaqyn/shared/kernel/time';
import { Trans } from '@lingui/react/macro';
import { useNowSeconds } from '../../../../lib/clock.ts';
import { formatDuration } from '../../../../lib/format.ts';
import { StatusBadge } from '../../../../ui/status-badge.tsx';
import type { Punctuality } from '../../today/day-order.ts';
import styles from './appointment-card.module.css';

const HOUR = 60;

/** How long until it begins, or how late it is; nothing where nobody is expected. */
export function Until({ punctuality }: { punctuality: Punctuality }) {
  switch (punctuality.kind) {
    case 'none':
      return null;
    case 'due':
      return (
        <StatusBadge tone="heed">
          <Trans>now</Trans>
        </StatusBadge>
      );
    case 'late': {
      const { minutes } = punctuality;
      return (
        <StatusBadge tone="act-now">
          {minutes < 2 * HOUR ? <Trans>{minutes} min late</Trans> : <Trans>very late</Trans>}
        </StatusBadge>
      );
    }
    case 'soon': {
      const { minutes } = punctuality;
      return (
        <StatusBadge tone="heed">
          <Trans>in {minutes} min</Trans>
        </StatusBadge>
      );
    }
    case 'later': {
      const { minutes } = punctuality;
      const hours = Math.floor(minutes / HOUR);
      // Another day says when itself.
      if (hours >= 24) return null;
      return (
        <span className={styles.until}>
          {minutes < 2 * HOUR ? <Trans>in {minutes} min</Trans> : <Trans>in {hours} h</Trans>}
        </span>
      );
    }
  }
}

const SHORT_SECONDS = 5 * 60;

/** How long an offer or a question still waits for its answer. */
export function ExpiresIn({ at }: { at: Instant }) {
  const left = Math.max(0, Math.ceil(Date.parse(at) / 1000) - useNowSeconds());
  const minutes = Math.ceil(left / 60);
  const clock = formatDuration(left);
  const hours = Math.floor(minutes / HOUR);
  if (left === 0) {
    return (
      <StatusBadge tone="quiet">
        <Trans>the time for the answer is over</Trans>
      </StatusBadge>
    );
  }
  return (
    <StatusBadge tone={left <= SHORT_SECONDS ? 'act-now' : 'heed'}>
      {left <= SHORT_SECONDS ? (
        <Trans>answer within {clock}</Trans>
      ) : minutes < 2 * HOUR ? (
        <Trans>answer within {minutes} min</Trans>
      ) : (
        <Trans>answer within {hours} h</Trans>
      )}
    </StatusBadge>
  );
}
