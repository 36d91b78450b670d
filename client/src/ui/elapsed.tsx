import { Trans } from '@lingui/react/macro';
import { useNowSeconds } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';

/** Whole seconds since an instant by the server's clock; renders again each second. */
export function useElapsedSeconds(since: string): number {
  return Math.max(0, useNowSeconds() - Math.floor(Date.parse(since) / 1000));
}

interface ElapsedProps {
  /** A UTC instant. */
  readonly since: string;
  readonly as?: 'clock' | 'minutes';
}

/** Time passed: `3:07`, or in words for lists, `3 min`. */
export function Elapsed({ since, as = 'clock' }: ElapsedProps) {
  const seconds = useElapsedSeconds(since);
  if (as === 'clock') return <span className="nowrap">{formatDuration(seconds)}</span>;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1)
    return (
      <span className="nowrap">
        <Trans>less than a minute</Trans>
      </span>
    );
  if (minutes < 120)
    return (
      <span className="nowrap">
        <Trans>{minutes} min</Trans>
      </span>
    );
  const hours = Math.floor(minutes / 60);
  return (
    <span className="nowrap">
      <Trans>{hours} h</Trans>
    </span>
  );
}
