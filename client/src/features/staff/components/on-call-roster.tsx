import type { OnCallShift } from '@jaqyn/shared/staff/staff.contract';
import { Trans } from '@lingui/react/macro';
import { useNowSeconds } from '../../../lib/clock.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLocalText } from '../../../lib/local-text.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { useOnCallShifts } from '../api/list-on-call-shifts.ts';
import { useSpecialties } from '../api/list-specialties.ts';
import { dayAround, groupBySpecialty, isOnCallAt } from '../roster.ts';
import { OnCallNote } from './on-call-note.tsx';
import styles from './on-call-roster.module.css';

/** Today's shifts by specialty, and whether anybody could answer this minute. */
export function OnCallRoster() {
  const localText = useLocalText();
  // A minute is fine enough, and does not draw the list anew each second.
  const nowMs = Math.floor(useNowSeconds() / 60) * 60_000;
  const { from, to } = dayAround(nowMs);
  const shifts = useOnCallShifts(from, to);
  const specialties = useSpecialties();
  if (shifts.isPending || specialties.isPending) return <Skeleton lines={4} />;
  if (!shifts.data || !specialties.data) {
    return (
      <ProblemNotice
        error={shifts.error ?? specialties.error}
        onRetry={() => void Promise.all([shifts.refetch(), specialties.refetch()])}
        isRetrying={shifts.isFetching || specialties.isFetching}
      />
    );
  }
  const groups = groupBySpecialty(shifts.data, nowMs);
  return (
    <ul className={styles.roster}>
      {specialties.data.map((specialty) => (
        <li key={specialty.code} className={styles.specialty}>
          <h3 className={styles.name}>{localText(specialty.name)}</h3>
          <OnCallNote specialty={specialty} />
          <ul className={styles.shifts}>
            {(groups.get(specialty.code) ?? []).map((shift) => (
              <Shift key={`${shift.practitionerId} ${shift.startsAt}`} shift={shift} isNow={isOnCallAt(shift, nowMs)} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Shift({ shift, isNow }: { shift: OnCallShift; isNow: boolean }) {
  const { rank } = shift;
  const [from, to] = [formatDateTime(shift.startsAt), formatDateTime(shift.endsAt)];
  return (
    <li className={styles.shift}>
      <span className={styles.who}>{shift.displayName}</span>
      <span className={styles.when}>
        {from} – {to}
      </span>
      <StatusBadge tone={isNow ? 'well' : 'quiet'}>
        {isNow ? <Trans>now, rings {rank}</Trans> : <Trans>rings {rank}</Trans>}
      </StatusBadge>
    </li>
  );
}
