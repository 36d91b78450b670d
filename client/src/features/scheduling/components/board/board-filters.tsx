import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { addDays, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconChevronLeft, IconChevronRight, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { formatDayMonth } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { Action } from '../../../../ui/action.tsx';
import { useRegions } from '../../api/list-regions.ts';
import { useDayWords } from '../rosters/day-words.ts';
import { type BoardView, spanOfView, stepDate } from './board-days.ts';
import styles from './board-filters.module.css';
import type { BoardSearch } from './board-search.ts';
import { ZOOMS } from './timeline.ts';

/** A pause in typing that long is the end of a name. */
const REST_MS = 300;

export type FilterChange = { readonly [K in keyof BoardSearch]?: BoardSearch[K] | undefined };

interface FiltersProps {
  readonly search: BoardSearch;
  readonly view: BoardView;
  readonly date: CalendarDate;
  /** Where the board opens by itself. */
  readonly home: CalendarDate;
  readonly specialties: readonly { readonly code: SpecialtyCode; readonly name: string }[];
  onChange(change: FilterChange): void;
}

/** Which days and whose: all of it stands in the address. */
export function BoardFilters({ search, view, date, home, specialties, onChange }: FiltersProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const regions = useRegions();
  const zoom = search.zoom ?? 1;
  const setZoom = (by: 1 | -1) => onChange({ zoom: ZOOMS.find((one) => one === zoom + by) });
  return (
    <div className={styles.filters}>
      <div className={styles.group}>
        <Action
          className={styles.icon}
          aria-label={view === 'day' ? t`Day before` : t`Week before`}
          onClick={() => onChange({ date: stepDate(view, date, -1) })}
        >
          <IconChevronLeft size={20} aria-hidden />
        </Action>
        <DayTitle view={view} date={date} />
        <Action
          className={styles.icon}
          aria-label={view === 'day' ? t`Next day` : t`Next week`}
          onClick={() => onChange({ date: stepDate(view, date, 1) })}
        >
          <IconChevronRight size={20} aria-hidden />
        </Action>
        <Action onClick={() => onChange({ date: undefined })} aria-pressed={date === home}>
          <Trans>Today</Trans>
        </Action>
      </div>
      <div className={styles.group} role="group" aria-label={t`View`}>
        <Action aria-pressed={view === 'week'} className={styles.toggle} onClick={() => onChange({ view: 'week' })}>
          <Trans>Week</Trans>
        </Action>
        <Action aria-pressed={view === 'day'} className={styles.toggle} onClick={() => onChange({ view: 'day' })}>
          <Trans>Day</Trans>
        </Action>
        {view === 'day' && (
          <>
            <Action className={styles.icon} aria-label={t`Narrower`} disabled={zoom === 1} onClick={() => setZoom(-1)}>
              <IconZoomOut size={20} aria-hidden />
            </Action>
            <Action className={styles.icon} aria-label={t`Wider`} disabled={zoom === 3} onClick={() => setZoom(1)}>
              <IconZoomIn size={20} aria-hidden />
            </Action>
          </>
        )}
      </div>
      <div className={styles.group}>
        <Choice
          label={t`Specialty`}
          value={search.specialty}
          onChange={(specialty) => onChange({ specialty: specialty as SpecialtyCode | undefined })}
        >
          {specialties.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice label={t`Oblast`} value={search.region} onChange={(region) => onChange({ region })}>
          {regions.data?.map(({ code, name }) => (
            <option key={code} value={code}>
              {localText(name)}
            </option>
          ))}
        </Choice>
        <NameFilter value={search.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      </div>
    </div>
  );
}

/** `Mon, 23 November` or `23 November – 29 November`. */
function DayTitle({ view, date }: { view: BoardView; date: CalendarDate }) {
  const words = useDayWords();
  const { from, days } = spanOfView(view, date);
  const name = (day: CalendarDate) => formatDayMonth(`${day}T07:00:00.000Z`);
  return (
    <h2 className={styles.title} aria-live="polite">
      {view === 'day'
        ? `${words.weekday(weekdayOf(date))}, ${name(date)}`
        : `${name(from)} – ${name(addDays(from, days - 1))}`}
    </h2>
  );
}

function Choice({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string | undefined;
  onChange(value: string | undefined): void;
  children: ReactNode;
}) {
  return (
    <label className={styles.choice}>
      <span>{label}</span>
      <select
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      >
        <option value="">
          <All />
        </option>
        {children}
      </select>
    </label>
  );
}

function All() {
  const { t } = useLingui();
  return t`All`;
}

/** Typed names are asked for when the typing rests. */
function NameFilter({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useLingui();
  const id = useId();
  /** While it has the focus, what is typed; else the address tells. */
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onChange(text.trim()), REST_MS);
  }

  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{t`Specialist`}</label>
      <input
        id={id}
        type="search"
        value={typed ?? value}
        placeholder={t`Name`}
        maxLength={80}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => setTyped(null)}
      />
    </div>
  );
}
