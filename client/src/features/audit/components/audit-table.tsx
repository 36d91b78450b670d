import type { AuditLogEntry } from '@jaqyn/shared/audit/audit.contract';
import type { Role } from '@jaqyn/shared/auth/auth.contract';
import type { MessageDescriptor } from '@lingui/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { formatDate, formatTime } from '../../../lib/format.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { findActionWords } from '../action-words.ts';
import { entityWords } from '../audit-words.ts';
import styles from './audit-table.module.css';

interface AuditTableProps {
  readonly entries: readonly AuditLogEntry[];
  readonly roleNames: Readonly<Record<Role, MessageDescriptor>>;
}

/** Who did or saw what, when. On a telephone each row stands as a card. */
export function AuditTable({ entries, roleNames }: AuditTableProps) {
  const { t } = useLingui();
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">
        <Trans>Entries of the log, the newest first</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>When</Trans>
          </th>
          <th scope="col">
            <Trans>Who</Trans>
          </th>
          <th scope="col">
            <Trans>Action</Trans>
          </th>
          <th scope="col">
            <Trans>About</Trans>
          </th>
          <th scope="col">
            <Trans>Entry</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const entity = entityWords[entry.entityType];
          const words = findActionWords(entry.action);
          return (
            <tr key={entry.seq}>
              <td className="nowrap">
                {formatDate(entry.at)}, {formatTime(entry.at)}
              </td>
              <td>
                {entry.actor ? (
                  <>
                    {entry.actor.displayName} <span className="quiet">{t(roleNames[entry.actor.role])}</span>
                  </>
                ) : (
                  <Trans>the system itself</Trans>
                )}
              </td>
              <td>
                <StatusBadge tone={entry.isReading ? 'quiet' : 'accent'}>
                  {entry.isReading ? <Trans>was seen</Trans> : <Trans>was done</Trans>}
                </StatusBadge>{' '}
                {words && <span>{t(words)}</span>} <code className={styles.code}>{entry.action}</code>
              </td>
              <td>
                {entity ? t(entity) : entry.entityType}
                {entry.requestNumber !== null && <span className="nowrap"> № {entry.requestNumber}</span>}
              </td>
              <td className="quiet nowrap">{entry.seq}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
