import { Trans } from '@lingui/react/macro';
import { Action } from './action.tsx';
import layout from './layout.module.css';

interface ShowMoreProps {
  readonly shown: number;
  /** Null where nobody counted. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  onMore(): void;
}

/** Below a list that does not end here: how much of it stands there, and the way on. */
export function ShowMore({ shown, total, hasMore, isBusy, onMore }: ShowMoreProps) {
  if (!hasMore) return null;
  return (
    <div className={layout.row} role="status">
      <span>
        {total === null ? (
          <Trans>{shown} shown, there are more</Trans>
        ) : (
          <Trans>
            {shown} of {total} shown
          </Trans>
        )}
      </span>
      <Action isBusy={isBusy} onClick={onMore}>
        <Trans>Show more</Trans>
      </Action>
    </div>
  );
}
