import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { fromMinute, minuteAt, minuteOfDay, overlaps, spanOfDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { useLingui } from '@lingui/react/macro';
import { Fragment, memo, type ReactNode } from 'react';
import { formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { closureWords } from '../rosters/schedule-words.ts';
import { BoardCellView, type CellMarks } from './board-cell.tsx';
import styles from './board-grid.module.css';
import type { BoardCell, BoardLine } from './board-model.ts';
import { placeOn, type Timeline, widthOf } from './timeline.ts';
import { Utilisation } from './utilisation.tsx';

/** Which cells of a line are marked; everything else of it is the same until the board changes. */
export interface LineMarks {
  readonly activeKey: string | null;
  readonly pickedId: string | null;
  readonly selectedKey: string | null;
  readonly aimKey: string | null;
  readonly aim: CellMarks['aim'];
}

interface LineProps {
  readonly line: BoardLine;
  readonly days: readonly CalendarDate[];
  /** The scale of the day view; null in the week. */
  readonly timeline: Timeline | null;
  readonly marks: LineMarks;
}

/** One specialist: who they are, how full, and their slots. */
export const BoardLineView = memo(
  function BoardLineView({ line, days, timeline, marks }: LineProps) {
    const localText = useLocalText();
    const { practitioner, slots, taken } = line.row;
    return (
      <div role="row" className={styles.line}>
        <div role="rowheader" className={styles.name}>
          <span className={styles.person}>{practitioner.displayName}</span>
          <span className={styles.where}>
            <span className={styles.place} title={localText(practitioner.organization.name)}>
              {localText(practitioner.organization.name)}
            </span>
            <Utilisation slots={slots} taken={taken} />
          </span>
        </div>
        {timeline === null ? (
          days.map((day) => (
            <div key={day} className={styles.day}>
              <Week cells={line.cells.filter((cell) => cell.day === day)} marks={marks} />
              <Away line={line} day={day} />
            </div>
          ))
        ) : (
          <Track line={line} day={days[0] as CalendarDate} timeline={timeline} marks={marks} />
        )}
      </div>
    );
  },
  (before, after) =>
    before.line.signature === after.line.signature &&
    before.timeline?.pxPerMinute === after.timeline?.pxPerMinute &&
    before.timeline?.from === after.timeline?.from &&
    before.timeline?.to === after.timeline?.to &&
    before.days.join() === after.days.join() &&
    before.marks.activeKey === after.marks.activeKey &&
    before.marks.pickedId === after.marks.pickedId &&
    before.marks.selectedKey === after.marks.selectedKey &&
    before.marks.aimKey === after.marks.aimKey &&
    before.marks.aim === after.marks.aim,
);

function marksOf(cell: BoardCell, marks: LineMarks): CellMarks {
  return {
    isActive: cell.key === marks.activeKey,
    isPicked: cell.appointments.some(({ id }) => id === marks.pickedId),
    isSelected: cell.key === marks.selectedKey,
    aim: cell.key === marks.aimKey ? marks.aim : null,
  };
}

/** The slots of a day in the order of time; the hour stands before its first one. */
function Week({ cells, marks }: { cells: readonly BoardCell[]; marks: LineMarks }) {
  let hour = -1;
  return cells.map((cell) => {
    const own = Math.floor(minuteOfDay(cell.from) / 60);
    const isNew = own !== hour;
    hour = own;
    return (
      <Fragment key={cell.key}>
        {isNew && (
          <span className={styles.hour} aria-hidden="true">
            {own}
          </span>
        )}
        <BoardCellView cell={cell} marks={marksOf(cell, marks)} />
      </Fragment>
    );
  });
}

function Track({
  line,
  day,
  timeline,
  marks,
}: {
  line: BoardLine;
  day: CalendarDate;
  timeline: Timeline;
  marks: LineMarks;
}) {
  const start = minuteAt(day, 0);
  return (
    <div className={styles.track} style={{ width: widthOf(timeline) }}>
      {line.cells
        .filter((cell) => cell.day === day)
        .map((cell) => (
          <BoardCellView
            key={cell.key}
            cell={cell}
            marks={marksOf(cell, marks)}
            place={placeOn(timeline, { from: cell.from - start, to: cell.to - start })}
          />
        ))}
      <Away line={line} day={day} />
    </div>
  );
}

/** Why there is nothing on a day: a leave by its reason, otherwise nothing at all. */
function Away({ line, day }: { line: BoardLine; day: CalendarDate }): ReactNode {
  const { t } = useLingui();
  const span = spanOfDay(day);
  const closure = line.row.closures.find((one) =>
    overlaps({ from: toMinute(one.startsAt), to: toMinute(one.endsAt) }, span),
  );
  const hasWork = line.cells.some((cell) => cell.day === day && cell.kind !== 'closed');
  if (closure === undefined) {
    return hasWork || line.cells.some((cell) => cell.day === day) ? null : (
      <span className={styles.away} aria-hidden="true">
        –
      </span>
    );
  }
  const from = Math.max(toMinute(closure.startsAt), span.from);
  const to = Math.min(toMinute(closure.endsAt), span.to);
  const isWhole = from === span.from && to === span.to;
  return (
    <span className={styles.away}>
      {t(closureWords[closure.reason])}
      {!isWhole && ` ${formatTime(fromMinute(from))}–${formatTime(fromMinute(to))}`}
    </span>
  );
}
