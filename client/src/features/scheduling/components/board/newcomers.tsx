import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';
import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Action } from '../../../../ui/action.tsx';
import { NewcomerCard } from './newcomer-card.tsx';
import styles from './waitlist-column.module.css';

/** As many as leave the waiting list below in sight. */
const FEW = 3;

interface NewcomersProps {
  readonly requests: readonly UnplacedRequest[];
  readonly total: number;
  /** What is searched for is shown whole. */
  readonly isSearch: boolean;
  readonly carriedId: RequestId | null;
  onPickUp(request: UnplacedRequest): void;
}

/** Requests without a time that nobody has put on the waiting list either. */
export function Newcomers({ requests, total, isSearch, carriedId, onPickUp }: NewcomersProps) {
  const [isWhole, setIsWhole] = useState(false);
  if (requests.length === 0) return null;
  const shown = isWhole || isSearch ? requests : requests.slice(0, FEW);
  const count = requests.length;
  return (
    <section className={styles.group} aria-labelledby="newcomers">
      <h3 id="newcomers" className={styles.title}>
        <Trans>New, not planned yet</Trans> <span className={styles.count}>{total}</span>
      </h3>
      <ul className={styles.list}>
        {shown.map((request) => (
          <NewcomerCard
            key={request.requestId}
            request={request}
            isCarried={request.requestId === carriedId}
            onPickUp={() => onPickUp(request)}
          />
        ))}
      </ul>
      {count > FEW && !isSearch && (
        <Action tone="quiet" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? <Trans>Show fewer</Trans> : <Trans>Show all: {count}</Trans>}
        </Action>
      )}
    </section>
  );
}
