import { Trans } from '@lingui/react/macro';
import { StatusBadge } from './status-badge.tsx';

/** Where an edition of something dated stands: reference data is never changed, only followed by a later edition. */
export function EditionBadge({ state }: { state: 'in_force' | 'to_come' | 'replaced' }) {
  switch (state) {
    case 'in_force':
      return (
        <StatusBadge tone="well">
          <Trans>in force</Trans>
        </StatusBadge>
      );
    case 'to_come':
      return (
        <StatusBadge tone="accent">
          <Trans>to come</Trans>
        </StatusBadge>
      );
    case 'replaced':
      return (
        <StatusBadge tone="quiet">
          <Trans>replaced</Trans>
        </StatusBadge>
      );
  }
}
