import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import type { Minute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { useDebounced } from '../../../../lib/use-debounced.ts';
import type { StatusTone } from '../../../../ui/status-badge.tsx';
import { type PlacementQuestion, useCheckPlacement } from '../../api/check-placement.ts';
import type { BoardCell } from './board-model.ts';
import { type DropMeaning, meaningOf, verdictOf } from './drop-meaning.ts';

/** Long enough to pass over cells on the way without asking for each. */
const SETTLE_MS = 150;

export interface Explanation {
  readonly kind: 'same' | 'asking' | 'possible' | 'warned' | 'refused' | 'unknown';
  readonly tone: StatusTone;
  readonly conflicts: readonly Conflict[];
}

/** The question to the server about a drop; null where the page knows the answer itself. */
export function questionOf(carried: Appointment, meaning: DropMeaning): PlacementQuestion | null {
  if (meaning.kind !== 'book' && meaning.kind !== 'move') return null;
  return {
    requestId: carried.requestId,
    appointmentId: meaning.kind === 'move' ? carried.id : null,
    ...meaning.target,
    alsoPractitionerIds: carried.practitioners.slice(1).map(({ id }) => id),
    holdId: null,
    // Asked as if it could share the slot: where the service does not allow it, the answer is "taken" all the same.
    mayOverbook: true,
  };
}

/** What a drop on the cell would meet, told before it is made: what the page knows at once, the rest a moment later. */
export function useExplanation(
  carried: Appointment | null,
  cell: BoardCell | undefined,
  now: Minute,
): Explanation | null {
  const meaning = carried === null || cell === undefined ? null : meaningOf(carried, cell, now);
  const question = carried === null || meaning === null ? null : questionOf(carried, meaning);
  const text = question === null ? '' : JSON.stringify(question);
  const settled = useDebounced(text, SETTLE_MS);
  const check = useCheckPlacement(settled === text ? question : null);
  if (meaning === null) return null;
  switch (meaning.kind) {
    case 'same':
      return { kind: 'same', tone: 'quiet', conflicts: [] };
    case 'refused':
      return { kind: 'refused', tone: 'act-now', conflicts: meaning.conflicts };
    case 'book':
    case 'move':
      if (settled !== text || check.isPending) return { kind: 'asking', tone: 'quiet', conflicts: [] };
      // Without an answer the drop is still the server's to judge.
      if (check.data === undefined) return { kind: 'unknown', tone: 'quiet', conflicts: [] };
      return judge(check.data.conflicts);
  }
}

const VERDICT_TONES = { refused: 'act-now', warned: 'heed', possible: 'well' } as const;

export function judge(conflicts: readonly Conflict[]): Explanation {
  const kind = verdictOf(conflicts);
  return { kind, tone: VERDICT_TONES[kind], conflicts };
}
