import type { HoldId } from '@jaqyn/shared/kernel/ids';
import {
  type Appointment,
  bookAppointment,
  type Changed,
  moveAppointment,
} from '@jaqyn/shared/scheduling/appointment.contract';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../../lib/api-client.ts';
import { placementCheck } from '../../api/check-placement.ts';
import type { Board } from '../../api/get-board.ts';
import { useScheduleChange } from '../../api/schedule-change.ts';
import type { BoardCell } from './board-model.ts';
import { withAppointments } from './board-model.ts';
import { type DropMeaning, meaningOf, verdictOf } from './drop-meaning.ts';
import { questionOf } from './use-explanation.ts';

type Placing = Extract<DropMeaning, { kind: 'book' | 'move' }>;

/** A drop that was made, up to its answer. */
export interface Plan {
  readonly carried: Appointment;
  readonly cell: BoardCell;
  readonly meaning: Placing;
  readonly holdId: HoldId | null;
  /** What the person has read and goes on in spite of. */
  readonly conflicts: readonly Conflict[];
}

interface Options {
  onDone(plan: Plan, changed: Changed): void;
  /** Nothing was sent: the explanation says why. */
  onRefused(cell: BoardCell, conflicts: readonly Conflict[]): void;
}

/** Putting down: the server is asked first, what it warns of is confirmed, and then it is booked or moved. */
export function usePutDown({ onDone, onRefused }: Options) {
  const queryClient = useQueryClient();
  /** Waits for the person's word. */
  const [plan, setPlan] = useState<Plan | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const change = useScheduleChange(({ carried, meaning, holdId, conflicts }: Plan, operationId) => {
    const body = {
      operationId,
      ...meaning.target,
      alsoPractitionerIds: carried.practitioners.slice(1).map(({ id }) => id),
      holdId,
      mayOverbook: conflicts.some(({ code }) => code === 'overbooked'),
    };
    return meaning.kind === 'book'
      ? call(bookAppointment, { body: { ...body, id: carried.id, requestId: carried.requestId, note: '' } })
      : call(moveAppointment, { params: { appointmentId: carried.id }, body: { ...body, version: carried.version } });
  });

  function send(next: Plan) {
    change.mutate(next, {
      onSuccess: (changed) => {
        setPlan(null);
        // Drawn where it is now without waiting for the board to be asked again.
        queryClient.setQueriesData<Board>({ queryKey: ['schedule', 'board'] }, (board) =>
          board === undefined ? undefined : withAppointments(board, changed.appointments),
        );
        onDone(next, changed);
      },
      onError: () => setPlan(null),
    });
  }

  async function putDown(carried: Appointment, cell: BoardCell, now: number, holdId: HoldId | null = null) {
    const meaning = meaningOf(carried, cell, now);
    if (meaning.kind === 'same' || isAsking || change.isPending) return;
    if (meaning.kind === 'refused') return onRefused(cell, meaning.conflicts);
    const question = questionOf(carried, meaning);
    if (question === null) return;
    change.reset();
    setIsAsking(true);
    // A check that does not arrive decides nothing: the booking itself is judged again by the server.
    const check = await queryClient.query(placementCheck({ ...question, holdId })).catch(() => undefined);
    setIsAsking(false);
    const conflicts = check?.conflicts ?? [];
    const next: Plan = { carried, cell, meaning, holdId, conflicts };
    switch (verdictOf(conflicts)) {
      case 'refused':
        return onRefused(cell, conflicts);
      case 'warned':
        return setPlan(next);
      case 'possible':
        return send(next);
    }
  }

  return {
    putDown,
    /** The drop that waits to be confirmed. */
    plan,
    confirm: () => plan && send(plan),
    giveUp: () => setPlan(null),
    isBusy: isAsking || change.isPending,
    error: change.error,
    retry: () => change.variables && send(change.variables),
    dismiss: () => change.reset(),
  };
}
