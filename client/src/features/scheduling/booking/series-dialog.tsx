import type { AppointmentId, PractitionerId, RequestId, SeriesId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Changed } from '@jaqyn/shared/scheduling/appointment.contract';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { newId } from '../../../lib/ids.ts';
import { Action, PrimaryAction } from '../../../ui/action.tsx';
import { Dialog, DialogActions } from '../../../ui/dialog.tsx';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusShape } from '../../../ui/status-badge.tsx';
import { useBookSeries } from '../api/book-series.ts';
import { useSeriesPlan } from '../api/plan-series.ts';
import { useConflictWords } from '../components/appointments/conflict-words.ts';
import { useWhen } from '../components/appointments/when.ts';
import { offerUndo } from '../undo-offer.ts';
import { NativeSelect } from './native-select.tsx';
import styles from './options.module.css';
import { datesToBook, type SeriesItem } from './series-dates.ts';

interface SeriesDialogProps {
  readonly requestId: RequestId;
  readonly patientName: string;
  readonly practitioner: { readonly id: PractitionerId; readonly displayName: string };
  /** The first visit; the others follow at the same time of the day. */
  readonly startsAt: Instant;
  onClose(): void;
  onDone(changed: Changed): void;
}

const WEEKS = [1, 2, 3, 4];
const COUNTS = [2, 3, 4, 5, 6, 8, 10, 12];

/** Visits that come again: all dates are seen before anything is booked, and where one differs it is said why. */
export function SeriesDialog({ requestId, patientName, practitioner, startsAt, onClose, onDone }: SeriesDialogProps) {
  const { t } = useLingui();
  const when = useWhen();
  const [everyWeeks, setEveryWeeks] = useState(1);
  const [count, setCount] = useState(6);
  const plan = useSeriesPlan({ requestId, practitionerId: practitioner.id, startsAt, everyWeeks, count });
  const book = useBookSeries();
  const [seriesId] = useState(() => newId() as SeriesId);
  const ids = useRef<{ id: AppointmentId; requestId: RequestId }[]>([]);
  const dates = plan.data && datesToBook(plan.data);
  const doctor = practitioner.displayName;
  const lost = plan.data ? plan.data.length - (dates?.length ?? 0) : 0;

  function confirm() {
    if (!dates) return;
    // Ids are made once, so that a second press is the same series.
    const items = dates.map((at, index) => {
      ids.current[index] ??= {
        id: newId() as AppointmentId,
        requestId: index === 0 ? requestId : (newId() as RequestId),
      };
      return { ...ids.current[index], startsAt: at };
    });
    book.mutate(
      { seriesId, requestId, practitionerId: practitioner.id, items },
      {
        onSuccess: (changed) => {
          const number = items.length;
          offerUndo(changed.receipt, () => t`Booked: ${patientName}, ${number} visits`);
          onDone(changed);
          onClose();
        },
      },
    );
  }

  return (
    <Dialog isOpen title={<Trans>Several visits</Trans>} onClose={onClose}>
      <p>
        {patientName} → {doctor}
      </p>
      <div className={styles.line}>
        <NativeSelect
          label={t`How often`}
          value={String(everyWeeks)}
          options={WEEKS.map((weeks) => ({
            value: String(weeks),
            label: weeks === 1 ? t`every week` : t`every ${weeks} weeks`,
          }))}
          onChange={(value) => setEveryWeeks(Number(value))}
        />
        <NativeSelect
          label={t`How many visits`}
          value={String(count)}
          options={COUNTS.map((number) => ({ value: String(number), label: String(number) }))}
          onChange={(value) => setCount(Number(value))}
        />
      </div>
      {plan.isError && (
        <ProblemNotice error={plan.error} onRetry={() => void plan.refetch()} isRetrying={plan.isFetching} />
      )}
      {plan.isPending && <Skeleton lines={4} />}
      {plan.data && (
        <ol className={styles.items} aria-label={t`Dates`}>
          {plan.data.map((item) => (
            <Item key={item.startsAt} item={item} when={when} />
          ))}
        </ol>
      )}
      {lost > 0 && (
        <p className="quiet">
          <Plural
            value={lost}
            one="# date has no free time within three days and is left out."
            other="# dates have no free time within three days and are left out."
          />
        </p>
      )}
      {book.isError && <ProblemNotice error={book.error} onRetry={confirm} isRetrying={book.isPending} />}
      <DialogActions>
        <Action onClick={onClose}>
          <Trans>Go back</Trans>
        </Action>
        <PrimaryAction
          icon={<IconCalendarRepeat size={24} aria-hidden />}
          disabled={!dates || dates.length < 2 || plan.isPlaceholderData}
          isBusy={book.isPending}
          onClick={confirm}
        >
          <Plural value={dates?.length ?? 0} one="Book # visit" other="Book # visits" />
        </PrimaryAction>
      </DialogActions>
    </Dialog>
  );
}

function Item({ item, when }: { item: SeriesItem; when: (at: Instant) => string }) {
  const conflictWords = useConflictWords();
  const refusals = item.conflicts.filter(({ severity }) => severity === 'refuses');
  const isRefused = refusals.length > 0;
  // Whose time it is stands above.
  const why = (isRefused ? refusals : item.conflicts)
    .map(({ practitionerName: _, ...conflict }) => conflictWords(conflict))
    .join('; ');
  const planned = when(item.startsAt);
  const instead = item.instead === null ? null : when(item.instead);
  const tone = isRefused && instead === null ? 'act-now' : why === '' ? 'well' : 'heed';
  return (
    <li className={styles.item} data-tone={tone}>
      <StatusShape tone={tone} />
      <span>
        {!isRefused ? (
          <strong>{planned}</strong>
        ) : instead === null ? (
          <s>{planned}</s>
        ) : (
          <>
            <strong>{instead}</strong> <s>{planned}</s>
          </>
        )}
        {why !== '' && <span className={styles.why}>{why}</span>}
      </span>
    </li>
  );
}
