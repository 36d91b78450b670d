import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { minuteOfDay, weekdayOf } from '@jaqyn/shared/scheduling/local-day';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';
import { formatDayMonth } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { useDayWords } from '../rosters/day-words.ts';
import { useBoardWords } from './board-context.ts';
import styles from './board-grid.module.css';
import { BoardLineView, type LineMarks } from './board-line.tsx';
import type { BoardGroup } from './board-model.ts';
import { entryCell, stepFrom, stepOf } from './grid-movement.ts';
import { hourMarks, type Timeline, widthOf } from './timeline.ts';
import { Utilisation } from './utilisation.tsx';

interface GridProps {
  readonly label: string;
  readonly helpId: string;
  readonly groups: readonly BoardGroup[];
  readonly days: readonly CalendarDate[];
  readonly specialDays: readonly SpecialDay[];
  readonly timeline: Timeline | null;
  /** Minutes since 1970, for the line of now. */
  readonly now: number;
  readonly today: CalendarDate;
  readonly marks: LineMarks;
  /** The focus came to this cell, by key, click or pointer. */
  onFocusCell(key: string): void;
  /** Pressed with a mouse or a finger. */
  onPress(key: string): void;
  /** Enter: picks up or puts down. */
  onEnter(key: string): void;
  /** Space: shows what is there. */
  onOpen(key: string): void;
  onEscape(): void;
  /** The pointer passes over a cell. */
  onHover(key: string | null): void;
  /** Turning a counter focuses the active cell: after a move, after Escape. */
  readonly focusRequest: number;
}

/** Specialists × time as an ARIA grid: one cell at a time takes the focus, the arrow keys move it. */
export function BoardGrid(props: GridProps) {
  const { label, helpId, groups, days, specialDays, timeline, now, today, marks, focusRequest } = props;
  const { t } = useLingui();
  const { specialtyName } = useBoardWords();
  const ref = useRef<HTMLDivElement>(null);
  const activeKey = entryCell(groups, marks.activeKey)?.key ?? null;

  useEffect(() => {
    if (focusRequest > 0) focusActive(ref.current);
  }, [focusRequest]);

  function onKeyDown(event: KeyboardEvent) {
    const key = cellKeyOf(event);
    if (key === undefined) return;
    const step = stepOf(event);
    if (step !== undefined) {
      event.preventDefault();
      const next = stepFrom(groups, key, step);
      if (next === undefined) return;
      props.onFocusCell(next.key);
      const element = ref.current?.querySelector<HTMLElement>(`[data-cell="${next.key}"]`);
      element?.focus();
      element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      props.onEnter(key);
    } else if (event.key === ' ') {
      event.preventDefault();
      props.onOpen(key);
    } else if (event.key === 'Escape') {
      props.onEscape();
    }
  }
  function onClick(event: MouseEvent) {
    const key = cellKeyOf(event);
    if (key !== undefined) props.onPress(key);
  }
  const onOver = (event: PointerEvent) => event.pointerType === 'mouse' && props.onHover(cellKeyOf(event) ?? null);

  return (
    <div className={styles.scroller} data-board-scroller ref={ref}>
      <div
        role="grid"
        tabIndex={-1}
        aria-label={label}
        aria-describedby={helpId}
        className={styles.grid}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerOver={onOver}
        onPointerLeave={() => props.onHover(null)}
        onFocus={(event) => {
          const key = cellKeyOf(event);
          if (key !== undefined) props.onFocusCell(key);
        }}
      >
        <div role="rowgroup" className={styles.head}>
          <div role="row" className={styles.headrow}>
            <div role="columnheader" className={styles.corner}>
              {t`Specialist`}
            </div>
            {timeline === null ? (
              days.map((day) => <DayHead key={day} day={day} isToday={day === today} specialDays={specialDays} />)
            ) : (
              <Scale timeline={timeline} isToday={days[0] === today} now={now} />
            )}
          </div>
        </div>
        {groups.map((group) => (
          <div role="rowgroup" key={group.specialty}>
            <div role="row" className={styles.group}>
              <div role="rowheader" className={styles.specialty}>
                {specialtyName(group.specialty)}
                <Utilisation slots={group.slots} taken={group.taken} />
              </div>
            </div>
            {group.lines.map((line) => {
              const has = (key: string | null) => (line.cells.some((cell) => cell.key === key) ? key : null);
              const isPickedHere = line.cells.some(({ appointments }) =>
                appointments.some(({ id }) => id === marks.pickedId),
              );
              const aimKey = has(marks.aimKey);
              return (
                <BoardLineView
                  key={line.row.practitioner.id}
                  line={line}
                  days={days}
                  timeline={timeline}
                  marks={{
                    activeKey: has(activeKey),
                    pickedId: isPickedHere ? marks.pickedId : null,
                    selectedKey: has(marks.selectedKey),
                    aimKey,
                    aim: aimKey === null ? null : marks.aim,
                  }}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}

function DayHead({
  day,
  isToday,
  specialDays,
}: {
  day: CalendarDate;
  isToday: boolean;
  specialDays: readonly SpecialDay[];
}) {
  const words = useDayWords();
  const localText = useLocalText();
  const special = specialDays.find((one) => one.day === day);
  return (
    <div role="columnheader" className={classes(styles.dayhead, isToday && styles.today)}>
      {words.weekday(weekdayOf(day))} {formatDayMonth(`${day}T07:00:00.000Z`)}
      {special && <small>{localText(special.name)}</small>}
    </div>
  );
}

function Scale({ timeline, isToday, now }: { timeline: Timeline; isToday: boolean; now: number }) {
  const minute = minuteOfDay(now);
  return (
    <div role="columnheader" className={styles.scale} style={{ width: widthOf(timeline) }}>
      {hourMarks(timeline).map((mark) => (
        <span
          key={mark}
          className={styles.mark}
          style={{ left: Math.round((mark - timeline.from) * timeline.pxPerMinute) }}
        >
          {mark / 60}:00
        </span>
      ))}
      {isToday && minute >= timeline.from && minute < timeline.to && (
        <span className={styles.now} style={{ left: Math.round((minute - timeline.from) * timeline.pxPerMinute) }} />
      )}
    </div>
  );
}

function cellKeyOf(event: { target: EventTarget }): string | undefined {
  return event.target instanceof Element
    ? event.target.closest<HTMLElement>('[data-cell]')?.dataset['cell']
    : undefined;
}

function focusActive(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
}
