import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { formatDateTime } from '../lib/format.ts';
import { Action } from './action.tsx';
import layout from './layout.module.css';
import { StatusBadge } from './status-badge.tsx';

interface SavedMeanwhileProps {
  /** Null for what the product brings along. Left out with `at` where nobody's name is kept with it. */
  readonly byName?: string | null;
  readonly at?: string;
  /** What the other has, as far as it differs. */
  readonly children: ReactNode;
  onKeepMine(): void;
  onTakeTheirs(): void;
}

/** Somebody saved what is being edited here: what they have, and the choice. What stands in the form stays until it is made. */
export function SavedMeanwhile({ byName, at, children, onKeepMine, onTakeTheirs }: SavedMeanwhileProps) {
  const name = byName ?? 'Jaqyn';
  const when = at === undefined ? '' : formatDateTime(at);
  return (
    <section className={`${layout.card} ${layout.stack} ${layout.tight}`} role="status">
      <p>
        <StatusBadge tone="heed">
          <Trans>Saved meanwhile</Trans>
        </StatusBadge>{' '}
        {when === '' ? (
          <Trans>What stands in the form is yours and is not saved. Saved is:</Trans>
        ) : (
          <Trans>
            {name}, {when}. What stands in the form is yours and is not saved.
          </Trans>
        )}
      </p>
      {children}
      <div className={layout.row}>
        <Action onClick={onKeepMine}>
          <Trans>Go on with mine</Trans>
        </Action>
        <Action tone="quiet" onClick={onTakeTheirs}>
          <Trans>Take what is saved</Trans>
        </Action>
      </div>
    </section>
  );
}
