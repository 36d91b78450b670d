import { AUDIT_KINDS, type AuditKind } from '@jaqyn/shared/audit/audit.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import { type SubmitEvent, useState } from 'react';
import { type AuditQuestion, useAuditEntries } from '../../features/audit/api/list-audit-entries.ts';
import styles from '../../features/audit/components/audit-table.module.css';
import { AuditTable } from '../../features/audit/components/audit-table.tsx';
import { formatDateTime, formatNumber } from '../../lib/format.ts';
import { Action, PrimaryAction } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';
import { roleNames } from '../role-names.ts';

export function AuditScreen() {
  return (
    <ForRole roles={['admin']}>
      <Audit />
    </ForRole>
  );
}

const kindWords: Record<AuditKind, MessageDescriptor> = {
  all: msg`Everything`,
  readings: msg`What was seen`,
  changes: msg`What was done`,
};

/** Who did and saw what; every look here is an entry itself. */
function Audit() {
  const { t } = useLingui();
  const [asked, setAsked] = useState<AuditQuestion>({ number: '', person: '', kind: 'all' });
  const [typed, setTyped] = useState(asked);
  const log = useAuditEntries(asked);
  usePageTitle(t`Audit log`);
  const entries = (log.data?.pages ?? []).flatMap((page) => page.entries);
  const [first] = log.data?.pages ?? [];

  function ask(event: SubmitEvent) {
    event.preventDefault();
    setAsked({ ...typed, number: typed.number.trim(), person: typed.person.trim() });
  }

  return (
    <div className={layout.page}>
      <h1>
        <Trans>Audit log</Trans>
      </h1>
      {first && <Standing size={first.log.size} checkpoint={first.checkpoint} />}
      <form role="search" className={styles.question} onSubmit={ask}>
        <TextField
          label={t`Number of a request`}
          description={t`With its conclusion and its patient`}
          placeholder="2026-000001"
          maxLength={20}
          value={typed.number}
          onChange={(event) => setTyped({ ...typed, number: event.currentTarget.value })}
        />
        <TextField
          label={t`Who`}
          description={t`Part of a name or login`}
          maxLength={80}
          value={typed.person}
          onChange={(event) => setTyped({ ...typed, person: event.currentTarget.value })}
        />
        <SelectField
          label={t`Show`}
          value={typed.kind}
          onChange={(event) => setTyped({ ...typed, kind: event.currentTarget.value as AuditKind })}
        >
          {AUDIT_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {t(kindWords[kind])}
            </option>
          ))}
        </SelectField>
        <div className={layout.row}>
          <PrimaryAction type="submit" icon={<IconSearch size={24} aria-hidden />} isBusy={log.isLoading}>
            <Trans>Look</Trans>
          </PrimaryAction>
        </div>
      </form>
      {log.isPending && <Skeleton lines={8} />}
      {log.isError && (
        <ProblemNotice error={log.error} onRetry={() => void log.refetch()} isRetrying={log.isFetching} />
      )}
      {log.data && entries.length === 0 && !log.hasNextPage && (
        <EmptyState
          title={<Trans>Nothing is in the log about that</Trans>}
          why={<Trans>Check the number of the request and the name.</Trans>}
        />
      )}
      {entries.length > 0 && <AuditTable entries={entries} roleNames={roleNames} />}
      {log.hasNextPage && (
        <div className={layout.row}>
          <Action isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            <Trans>Look further back</Trans>
          </Action>
          {entries.length === 0 && (
            <p role="status">
              <Trans>Nothing in the latest entries; there are older ones.</Trans>
            </p>
          )}
        </div>
      )}
    </div>
  );
}

interface StandingProps {
  readonly size: number;
  readonly checkpoint: { readonly size: number; readonly at: string } | null;
}

function Standing({ size, checkpoint }: StandingProps) {
  const entries = formatNumber(size);
  const covered = checkpoint && formatNumber(checkpoint.size);
  const when = checkpoint && formatDateTime(checkpoint.at);
  return (
    <p className="quiet">
      <Trans>{entries} entries. Each is chained to the one before; none can be changed or taken out.</Trans>{' '}
      {checkpoint ? (
        <Trans>
          The witness outside the database has the first {covered}, since {when}.
        </Trans>
      ) : (
        <Trans>The witness outside the database has none of them yet.</Trans>
      )}
    </p>
  );
}
