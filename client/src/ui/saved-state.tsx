import { Trans } from '@lingui/react/macro';
import { formatTime } from '../lib/format.ts';
import { Action } from './action.tsx';
import { classes } from './classes.ts';
import styles from './saved-state.module.css';
import { StatusShape } from './status-badge.tsx';

export type Saving =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving' }
  /** `at` is a UTC instant or a Date. */
  | { readonly kind: 'saved'; readonly at: string | Date }
  | { readonly kind: 'failed' };

/** «Сақталды 14:05»: what became of the typing. A failure says so until it is solved, with a button. */
export function SavedState({ saving, onRetry }: { saving: Saving; onRetry?: (() => void) | undefined }) {
  return (
    <span role="status" className={classes(styles.state, saving.kind !== 'nothing' && styles[saving.kind])}>
      <Words saving={saving} />
      {saving.kind === 'failed' && onRetry && (
        <Action tone="quiet" onClick={onRetry}>
          <Trans>Save again</Trans>
        </Action>
      )}
    </span>
  );
}

function Words({ saving }: { saving: Saving }) {
  switch (saving.kind) {
    case 'nothing':
      return null;
    case 'saving':
      return <Trans>Saving…</Trans>;
    case 'saved': {
      const time = formatTime(saving.at);
      return (
        <>
          <StatusShape tone="well" />
          <Trans>Saved {time}</Trans>
        </>
      );
    }
    case 'failed':
      return (
        <>
          <StatusShape tone="act-now" />
          <Trans>Not saved</Trans>
        </>
      );
  }
}
