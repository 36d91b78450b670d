/** Where the arrow keys lead on the board. Pure: the lines as they are drawn, the cell that has the focus, the key. */
import type { BoardCell, BoardGroup } from './board-model.ts';

export type GridStep =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'row_start'
  | 'row_end'
  | 'page_up'
  | 'page_down'
  | 'first'
  | 'last';

/** How many rows PageUp and PageDown pass. */
const PAGE_ROWS = 5;

/** The step a key means on a grid (WAI-ARIA), or undefined for keys that mean something else. */
export function stepOf({ key, ctrlKey }: { key: string; ctrlKey: boolean }): GridStep | undefined {
  switch (key) {
    case 'ArrowLeft':
      return 'left';
    case 'ArrowRight':
      return 'right';
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    case 'Home':
      return ctrlKey ? 'first' : 'row_start';
    case 'End':
      return ctrlKey ? 'last' : 'row_end';
    case 'PageUp':
      return 'page_up';
    case 'PageDown':
      return 'page_down';
    default:
      return undefined;
  }
}

/** The cell a step leads to; the same one at an edge, undefined on a board without cells. */
export function stepFrom(groups: readonly BoardGroup[], key: string | null, step: GridStep): BoardCell | undefined {
  const rows = rowsOf(groups);
  const at = find(rows, key);
  if (at === undefined) return rows[0]?.[0];
  const row = rows[at.row] ?? [];
  const cell = row[at.index];
  switch (step) {
    case 'left':
      return row[at.index - 1] ?? cell;
    case 'right':
      return row[at.index + 1] ?? cell;
    case 'row_start':
      return row[0];
    case 'row_end':
      return row.at(-1);
    case 'first':
      return rows[0]?.[0];
    case 'last':
      return rows.at(-1)?.at(-1);
    case 'up':
      return nearest(rows[at.row - 1], cell) ?? cell;
    case 'down':
      return nearest(rows[at.row + 1], cell) ?? cell;
    case 'page_up':
      return nearest(rows[Math.max(0, at.row - PAGE_ROWS)], cell) ?? cell;
    case 'page_down':
      return nearest(rows[Math.min(rows.length - 1, at.row + PAGE_ROWS)], cell) ?? cell;
  }
}

/** The cell that takes the focus when the grid is entered: where it was, else the first free one, else the first. */
export function entryCell(groups: readonly BoardGroup[], key: string | null): BoardCell | undefined {
  const all = rowsOf(groups).flat();
  return all.find((cell) => cell.key === key) ?? all.find(({ kind }) => kind === 'free') ?? all[0];
}

/** Where something that was picked up is most likely to go: the next free cell of its specialty. */
export function firstFreeFor(
  groups: readonly BoardGroup[],
  { specialty, mode }: Pick<BoardCell, 'specialty' | 'mode'>,
): BoardCell | undefined {
  const free = groups
    .filter((group) => group.specialty === specialty)
    .flatMap(({ lines }) => lines.flatMap(({ cells }) => cells))
    .filter(({ kind }) => kind === 'free')
    .sort((a, b) => a.from - b.from);
  return free.find((cell) => cell.mode === mode) ?? free[0];
}

/** Rows without a cell cannot take the focus and are passed over. */
function rowsOf(groups: readonly BoardGroup[]): (readonly BoardCell[])[] {
  return groups.flatMap(({ lines }) => lines.map(({ cells }) => cells)).filter((cells) => cells.length > 0);
}

function find(rows: readonly (readonly BoardCell[])[], key: string | null) {
  for (const [row, cells] of rows.entries()) {
    const index = cells.findIndex((cell) => cell.key === key);
    if (index >= 0) return { row, index };
  }
  return undefined;
}

/** The cell of a row that lies nearest in time, the earlier one of two. */
function nearest(row: readonly BoardCell[] | undefined, to: BoardCell | undefined): BoardCell | undefined {
  if (row === undefined || to === undefined) return undefined;
  return row.reduce<BoardCell | undefined>(
    (best, cell) => (best === undefined || Math.abs(cell.from - to.from) < Math.abs(best.from - to.from) ? cell : best),
    undefined,
  );
}
