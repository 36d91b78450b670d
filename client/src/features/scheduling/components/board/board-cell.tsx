import { fromMinute } from '@jaqyn/shared/scheduling/local-day';
import { useLingui } from '@lingui/react/macro';
import type { CSSProperties } from 'react';
import { formatTime } from '../../../../lib/format.ts';
import { useLocalText } from '../../../../lib/local-text.ts';
import { classes } from '../../../../ui/classes.ts';
import styles from './board-cell.module.css';
import type { BoardCell } from './board-model.ts';
import { describeCell, figureOf } from './cell-words.ts';
import { canPickUp } from './drop-meaning.ts';

/** What is going on with one cell while something is carried or looked at. */
export interface CellMarks {
  readonly isActive: boolean;
  readonly isPicked: boolean;
  readonly isSelected: boolean;
  /** The drop is aimed here, and what would become of it. */
  readonly aim: 'asking' | 'possible' | 'warned' | 'refused' | null;
}

interface CellProps {
  readonly cell: BoardCell;
  readonly marks: CellMarks;
  /** Left and width on the day's scale; absent in the week. */
  readonly place?: CSSProperties | undefined;
}

/** A slot as a shape of its own for every state; `data-cell` and `data-carry` are what the board's events go by. */
export function BoardCellView({ cell, marks, place }: CellProps) {
  const { t } = useLingui();
  const localText = useLocalText();
  const words = describeCell(cell, { t, localText });
  const figure = figureOf(cell);
  const [first] = cell.appointments;
  const isUrgent = first !== undefined && (first.urgency === 'stat' || first.urgency === 'asap');
  const carry = cell.batch === null && first !== undefined && canPickUp(first) ? first.id : undefined;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: one cell of the grid at a time has the focus (roving)
    <div
      role="gridcell"
      tabIndex={marks.isActive ? 0 : -1}
      className={classes(
        styles.cell,
        styles[cell.kind],
        cell.batch !== null && styles.batch,
        place !== undefined && styles.placed,
        isUrgent && styles.urgent,
        marks.isPicked && styles.picked,
        marks.isSelected && styles.selected,
        marks.aim !== null && styles[marks.aim],
      )}
      style={place}
      title={words}
      aria-label={words}
      aria-selected={marks.isPicked || marks.isSelected}
      data-cell={cell.key}
      data-carry={carry}
    >
      {cell.batch === null ? (
        isWide(place) && <span className={styles.text}>{first?.patient.shortName ?? startOf(cell)}</span>
      ) : (
        <span className={styles.text}>
          {cell.batch.places - cell.batch.free}/{cell.batch.places}
        </span>
      )}
      {figure !== null && <span className={styles.more}>{figure}</span>}
    </div>
  );
}

/** Narrower than this, a text would be cut to a letter. */
function isWide(place: CSSProperties | undefined): boolean {
  return typeof place?.width === 'number' && place.width >= 44;
}

function startOf({ from }: BoardCell): string {
  return formatTime(fromMinute(from));
}
