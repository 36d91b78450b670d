import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRegions } from '../../features/scheduling/api/list-regions.ts';
import { useDayWords } from '../../features/scheduling/components/rosters/day-words.ts';
import { SelectField } from '../../features/scheduling/components/rosters/form.tsx';
import { useSpecialties } from '../../features/staff/api/list-specialties.ts';
import { formatDate } from '../../lib/format.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { Action } from '../../ui/action.tsx';
import { classes } from '../../ui/classes.ts';
import layout from '../../ui/layout.module.css';

/** The heading of a list of one day, and what is done with the whole of it; paper has only the heading. */
export function DayHeading({ title, day, children }: { title: ReactNode; day: CalendarDate; children?: ReactNode }) {
  const words = useDayWords();
  const [weekday] = words.day(day).split(',');
  return (
    <div className={classes(layout.row, layout.spread)}>
      <h1>
        {title}: {weekday}, <span className="nowrap">{formatDate(`${day}T07:00:00.000Z`)}</span>
      </h1>
      <div className={classes(layout.row, 'no-print')}>
        {children}
        <Action icon={<IconPrinter size={20} aria-hidden />} onClick={() => print()}>
          <Trans>Print the day</Trans>
        </Action>
      </div>
    </div>
  );
}

interface DayStepsProps {
  readonly day: CalendarDate;
  readonly today: CalendarDate;
  /** The newest day there is anything of. */
  readonly last?: CalendarDate;
  /** Absent is today, so that a link without a day stays true tomorrow. */
  onChange(day: CalendarDate | undefined): void;
}

export function DaySteps({ day, today, last, onChange }: DayStepsProps) {
  const go = (to: CalendarDate) => onChange(to === today ? undefined : to);
  return (
    <div className={layout.steps}>
      <Action icon={<IconChevronLeft size={20} aria-hidden />} onClick={() => go(addDays(day, -1))}>
        <Trans>Day before</Trans>
      </Action>
      <Action aria-pressed={day === today} onClick={() => go(today)}>
        <Trans>Today</Trans>
      </Action>
      <Action
        icon={<IconChevronRight size={20} aria-hidden />}
        disabled={last !== undefined && day >= last}
        onClick={() => go(addDays(day, 1))}
      >
        <Trans>Next day</Trans>
      </Action>
    </div>
  );
}

interface FilterProps<T> {
  readonly value: T | undefined;
  onChange(value: T | undefined): void;
}

export function SpecialtyFilter({ value, onChange }: FilterProps<SpecialtyCode>) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { data = [] } = useSpecialties();
  return (
    <SelectField
      label={<Trans>Specialty</Trans>}
      value={value ?? ''}
      onChange={({ target }) => onChange(data.find(({ code }) => code === target.value)?.code)}
    >
      <option value="">{t`all`}</option>
      {data.map(({ code, name }) => (
        <option key={code} value={code}>
          {localText(name)}
        </option>
      ))}
    </SelectField>
  );
}

export function OblastFilter({ value, onChange }: FilterProps<string>) {
  const { t } = useLingui();
  const localText = useLocalText();
  const { data = [] } = useRegions();
  return (
    <SelectField
      label={<Trans>Oblast</Trans>}
      value={value ?? ''}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">{t`all`}</option>
      {data.map(({ code, name }) => (
        <option key={code} value={code}>
          {localText(name)}
        </option>
      ))}
    </SelectField>
  );
}
