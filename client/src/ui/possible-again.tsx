import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { useSecondsSince } from '../lib/clock.ts';
import { formatDuration } from '../lib/format.ts';

/** How long what was asked too often is refused, counted down from when this is first shown. It is read out once, not each second. */
export function PossibleAgain({ afterSeconds }: { afterSeconds: number }) {
  const [since] = useState(() => performance.now());
  const left = Math.max(0, afterSeconds - useSecondsSince(since, true));
  const time = formatDuration(left);
  if (left === 0) return null;
  return (
    <p role="timer" aria-live="off">
      <Trans>Possible again in {time}</Trans>
    </p>
  );
}
