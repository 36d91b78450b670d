import { Trans } from '@lingui/react/macro';
import { Action } from '../../../ui/action.tsx';
import { classes } from '../../../ui/classes.ts';
import { SavedState } from '../../../ui/saved-state.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import type { Saving } from '../conclusion-autosave.ts';
import styles from './saving-state.module.css';

/** What became of the typing: on the server, on this computer, or nowhere yet, which is said until it is solved. */
export function SavingState({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  switch (saving.kind) {
    case 'nothing':
    case 'saving':
    case 'saved':
      return <SavedState saving={saving} />;
    case 'kept':
      return (
        <span role="status" className={classes(styles.state, styles.kept)}>
          <span>
            <StatusShape tone="heed" /> <Trans>Kept on this computer, sent when the server answers</Trans>
          </span>
          <Retry onRetry={onRetry} />
        </span>
      );
    case 'failed':
      return (
        <span role="alert" className={classes(styles.state, styles.failed)}>
          <span>
            <StatusShape tone="act-now" />{' '}
            {saving.isKept ? (
              <Trans>Not taken by the server; kept on this computer</Trans>
            ) : (
              <Trans>Not saved anywhere: do not close this page</Trans>
            )}
          </span>
          <Retry onRetry={onRetry} />
        </span>
      );
  }
}

function Retry({ onRetry }: { onRetry: () => void }) {
  return (
    <Action tone="quiet" onClick={onRetry}>
      <Trans>Save again</Trans>
    </Action>
  );
}
