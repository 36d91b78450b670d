import type { AppointmentId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { UnplacedRequest, WaitlistEntry } from '@jaqyn/shared/scheduling/waitlist.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type Ref, useState } from 'react';
import { TextField } from '../../../../ui/field.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Newcomers } from './newcomers.tsx';
import { toWaiter } from './unplaced.ts';
import { WaitlistCard } from './waitlist-card.tsx';
import styles from './waitlist-column.module.css';
import { searchWaitlist } from './waitlist-search.ts';

/** Only searched in. */
const ANY_ID = '' as AppointmentId;

interface ColumnProps {
  /** Undefined while it is asked for. */
  readonly entries: readonly WaitlistEntry[] | undefined;
  readonly total: number;
  /** Requests without a time that are not on the list. */
  readonly newcomers: readonly UnplacedRequest[];
  readonly newcomersTotal: number;
  readonly carried: Appointment | null;
  readonly searchRef: Ref<HTMLInputElement>;
  onPickUp(entry: WaitlistEntry): void;
  onPickUpNew(request: UnplacedRequest): void;
}

/** Who waits for a slot, nearest treat-by date first. */
export function WaitlistColumn(props: ColumnProps) {
  const { entries, total, newcomers, newcomersTotal, carried, searchRef, onPickUp, onPickUpNew } = props;
  const { t } = useLingui();
  const [search, setSearch] = useState('');
  const found = searchWaitlist(entries ?? [], search);
  const foundNew = searchWaitlist(
    newcomers.map((request) => ({ request, appointment: toWaiter(request, ANY_ID) })),
    search,
  ).map(({ request }) => request);
  const isSearch = search.trim() !== '';
  const overdue = entries?.filter(({ isOverdue }) => isOverdue).length ?? 0;
  return (
    <section className={styles.column} aria-labelledby="waitlist">
      <h2 id="waitlist" className={styles.title}>
        <Trans>Waiting list</Trans> {entries !== undefined && <span className={styles.count}>{total}</span>}
      </h2>
      {overdue > 0 && (
        <p className={styles.overdue}>
          <Trans>Overdue: {overdue}</Trans>
        </p>
      )}
      {/* Never taken from under who types in it, not even when the last one found is booked meanwhile. */}
      {(entries === undefined || entries.length > 0 || newcomers.length > 0 || isSearch) && (
        <TextField
          ref={searchRef}
          label={t`Find in the waiting list`}
          placeholder={t`Name, number, station`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {entries === undefined && <Skeleton lines={4} />}
      {entries?.length === 0 && !isSearch && (
        <p className="quiet">
          <Trans>Nobody waits. Who is put on the list by a station appears here by itself.</Trans>
        </p>
      )}
      {entries !== undefined && isSearch && found.length + foundNew.length === 0 && (
        <p className="quiet">
          <Trans>Nobody on the list is called so.</Trans>
        </p>
      )}
      <div className={styles.lists}>
        <Newcomers
          requests={foundNew}
          total={newcomersTotal}
          isSearch={isSearch}
          carriedId={carried?.requestId ?? null}
          onPickUp={onPickUpNew}
        />
        {foundNew.length > 0 && found.length > 0 && (
          <h3 className={styles.title}>
            <Trans>On the waiting list</Trans>
          </h3>
        )}
        <ul
          className={styles.list}
          aria-labelledby="waitlist"
          // What scrolls must be reachable by keyboard; the buttons of those who wait are.
          tabIndex={found.some(({ appointment }) => appointment.status === 'waitlist') ? undefined : 0}
        >
          {found.map((entry) => (
            <WaitlistCard
              key={entry.appointment.id}
              entry={entry}
              isCarried={entry.appointment.id === carried?.id}
              onPickUp={() => onPickUp(entry)}
            />
          ))}
        </ul>
      </div>
    </section>
  );
}
