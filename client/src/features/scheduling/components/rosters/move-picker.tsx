import type { PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { Affected } from '@jaqyn/shared/scheduling/roster.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { formatTime } from '../../../../lib/format.ts';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { useFreeSlots } from '../../api/list-free-slots.ts';
import { useSpecialists } from '../../api/list-specialists.ts';
import styles from './affected-decisions.module.css';
import { useDayWords } from './day-words.ts';
import { SelectField } from './form.tsx';
import { mondayOf } from './week-picture.ts';

export interface SlotFilter {
  (practitionerId: PractitionerId, startsAt: Instant): boolean;
}

interface MovePickerProps {
  readonly affected: Affected;
  readonly specialty: SpecialtyCode;
  readonly practitionerId: PractitionerId;
  readonly today: CalendarDate;
  readonly value: { readonly practitionerId: PractitionerId; readonly startsAt: Instant } | undefined;
  /** False for a slot that the change itself takes away. */
  readonly mayUse: SlotFilter;
  onChange(place: { practitionerId: PractitionerId; startsAt: Instant }): void;
}

/** How far around the old time another slot is looked for. */
const DAYS = { before: 7, after: 21 };

/** Any free slot of any specialist of the specialty, near the time that was booked. */
export function MovePicker({ affected, specialty, practitionerId, today, value, mayUse, onChange }: MovePickerProps) {
  const { t } = useLingui();
  const words = useDayWords();
  const { appointment } = affected;
  const booked = localDate(appointment.startsAt ?? affected.appointment.treatBy);
  const earliest = addDays(booked, -DAYS.before);
  const from = earliest < today ? today : earliest;
  const [whose, setWhose] = useState<PractitionerId>(value?.practitionerId ?? practitionerId);
  const specialists = useSpecialists({ from: mondayOf(booked), specialty, limit: 60 });
  const slots = useFreeSlots(whose, from, addDays(booked, DAYS.after));
  const free = (slots.data ?? []).filter(({ startsAt, mode }) => mode === appointment.mode && mayUse(whose, startsAt));
  const days = groupByDay(free);
  return (
    <div className={styles.picker}>
      <SelectField
        label={<Trans>Specialist</Trans>}
        value={whose}
        onChange={(event) => setWhose(event.target.value as PractitionerId)}
      >
        {(specialists.data?.rows ?? []).map(({ practitioner }) => (
          <option key={practitioner.id} value={practitioner.id}>
            {practitioner.displayName}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={<Trans>Free slot</Trans>}
        value={value?.practitionerId === whose ? value.startsAt : ''}
        disabled={free.length === 0}
        onChange={(event) => onChange({ practitionerId: whose, startsAt: event.target.value as Instant })}
      >
        <option value="" disabled>
          {slots.isPending ? t`Loading…` : free.length === 0 ? t`nothing is free` : t`Choose a time`}
        </option>
        {[...days].map(([day, ofDay]) => (
          <optgroup key={day} label={words.day(day)}>
            {ofDay.map(({ startsAt }) => (
              <option key={startsAt} value={startsAt}>
                {words.day(day)}, {formatTime(startsAt)}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      {slots.error && (
        <ProblemNotice error={slots.error} onRetry={() => void slots.refetch()} isRetrying={slots.isFetching} />
      )}
    </div>
  );
}

function groupByDay<S extends { readonly startsAt: Instant }>(slots: readonly S[]): ReadonlyMap<CalendarDate, S[]> {
  const days = new Map<CalendarDate, S[]>();
  for (const slot of slots) {
    const day = localDate(slot.startsAt);
    const before = days.get(day);
    if (before === undefined) days.set(day, [slot]);
    else before.push(slot);
  }
  return days;
}
