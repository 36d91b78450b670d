import type { AppointmentId, HoldId } from '@jaqyn/shared/kernel/ids';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { UnplacedRequest, WaitlistEntry } from '@jaqyn/shared/scheduling/waitlist.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useMemo, useState } from 'react';
import { formatDateTime } from '../../../../lib/format.ts';
import { newId } from '../../../../lib/ids.ts';
import { Action } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import type { Board } from '../../api/get-board.ts';
import { ConflictList } from '../../booking/conflict-list.tsx';
import { offerUndo } from '../../undo-offer.ts';
import type { LineMarks } from './board-line.tsx';
import { type BoardCell, type BoardGroup, cellKey, findCell } from './board-model.ts';
import { canPickUp } from './drop-meaning.ts';
import { firstFreeFor } from './grid-movement.ts';
import { latestOf, toWaiter } from './unplaced.ts';
import { useExplanation } from './use-explanation.ts';
import { usePutDown } from './use-put-down.ts';

interface DeskInput {
  readonly groups: readonly BoardGroup[];
  readonly board: Board | undefined;
  readonly entries: readonly WaitlistEntry[] | undefined;
  /** What nobody has planned yet. */
  readonly requests: readonly UnplacedRequest[] | undefined;
  readonly now: number;
}

type Selected = { readonly kind: 'slot' | 'taken'; readonly cell: BoardCell };

/** Everything the person has in hand on the board: what has the focus, what is carried and over what, what is looked at. */
export function useBoardDesk({ groups, board, entries, requests, now }: DeskInput) {
  const { t } = useLingui();
  const [activeKey, setActiveKey] = useState<string | null>(null);
  /** As it was when it was picked up; a newer version on the board or the list takes its place. */
  const [held, setHeld] = useState<Appointment | null>(null);
  const [aimKey, setAimKey] = useState<string | null>(null);
  const [selectedKey, setSelectedKey] = useState<string | null>(null);
  const [refused, setRefused] = useState<{ key: string; conflicts: readonly Conflict[] } | null>(null);
  // Kept as what happened, not in words: the language may be switched meanwhile.
  const [happened, setHappened] = useState<'' | 'left' | { readonly who: string }>('');
  const [focusRequest, setFocusRequest] = useState(0);

  const carried = useMemo(() => {
    const known = [...(board?.appointments ?? []), ...(entries ?? []).map(({ appointment }) => appointment)];
    return held === null ? null : latestOf(held, known, canPickUp);
  }, [held, board, entries]);
  const target = findCell(groups, aimKey);
  const explanation = useExplanation(carried, target, now);
  const selectedCell = findCell(groups, selectedKey);

  const drop = usePutDown({
    onDone: ({ carried: was, meaning, holdId }, { receipt, appointments }) => {
      const [now = was] = appointments;
      const who = now.patient.shortName;
      offerUndo(receipt, () => {
        const when = now.startsAt === null ? '' : formatDateTime(now.startsAt);
        return meaning.kind === 'book' ? t`Booked: ${who}, ${when}` : t`Moved: ${who}, ${when}`;
      });
      setHeld(null);
      setAimKey(null);
      setRefused(null);
      if (holdId !== null) setSelectedKey(null);
      if (now.startsAt !== null) {
        setActiveKey(cellKey(meaning.target.practitionerId, toMinute(now.startsAt)));
        setFocusRequest((count) => count + 1);
      }
    },
    onRefused: ({ key }, conflicts) => setRefused({ key, conflicts }),
  });

  /** An appointment by its id, or a request that has none by its own. */
  function find(id: string): Appointment | undefined {
    const request = requests?.find(({ requestId }) => requestId === id);
    return (
      board?.appointments.find((appointment) => appointment.id === id) ??
      entries?.find(({ appointment }) => appointment.id === id)?.appointment ??
      (request && toWaiter(request, newId() as AppointmentId))
    );
  }
  function take(appointment: Appointment) {
    const who = appointment.patient.shortName;
    drop.dismiss();
    setHeld(appointment);
    setSelectedKey(null);
    setRefused(null);
    setHappened({ who });
  }
  /** By a button: the focus goes to where it is, or to the first place it could go. */
  function pickUp(appointment: Appointment) {
    take(appointment);
    const [first] = appointment.practitioners;
    const own =
      first === undefined || appointment.startsAt === null ? null : cellKey(first.id, toMinute(appointment.startsAt));
    const key = findCell(groups, own)?.key ?? firstFreeFor(groups, appointment)?.key ?? null;
    if (key === null) return;
    setActiveKey(key);
    setAimKey(key);
    setFocusRequest((count) => count + 1);
  }
  const { who = '' } = typeof happened === 'string' ? {} : happened;
  const said = happened === '' ? '' : happened === 'left' ? t`Left where it was` : t`Picked up: ${who}`;
  function leave() {
    setHeld(null);
    setAimKey(null);
    setRefused(null);
    drop.dismiss();
    setHappened('left');
  }
  function putDown(appointment: Appointment | null | undefined, key: string) {
    const cell = findCell(groups, key);
    if (!appointment || cell === undefined) return;
    setActiveKey(key);
    setAimKey(key);
    if (cell.appointments.some(({ id }) => id === appointment.id)) return leave();
    setRefused(null);
    void drop.putDown(appointment, cell, now);
  }
  function open(key: string) {
    const cell = findCell(groups, key);
    if (cell === undefined || cell.kind === 'closed' || cell.kind === 'past') return;
    setActiveKey(key);
    setSelectedKey(key);
  }

  return {
    carried,
    target,
    // Why it was refused stands above; the same is not said twice.
    explanation: refused !== null && refused.key === aimKey ? null : explanation,
    said,
    focusRequest,
    plan: drop.plan,
    isBusy: drop.isBusy,
    confirm: drop.confirm,
    giveUp: drop.giveUp,
    marks: {
      activeKey,
      pickedId: carried?.id ?? null,
      selectedKey,
      aimKey: carried === null ? null : aimKey,
      aim: explanation === null || explanation.kind === 'same' ? null : aimOf(explanation.kind),
    } satisfies LineMarks,
    selected: selectedOf(selectedCell),
    problem: problemOf(),
    focus(key: string) {
      setActiveKey(key);
      if (carried !== null) setAimKey(key);
    },
    hover: (key: string | null) => carried !== null && key !== null && setAimKey(key),
    press: (key: string) => (carried === null ? open(key) : putDown(carried, key)),
    open,
    enter(key: string) {
      if (carried !== null) return putDown(carried, key);
      const movable = findCell(groups, key)?.appointments.find(canPickUp);
      const cell = findCell(groups, key);
      if (movable === undefined || cell?.batch !== null) return open(key);
      take(movable);
      setAimKey(key);
    },
    lift(id: string): boolean {
      const appointment = find(id);
      if (appointment === undefined || !canPickUp(appointment)) return false;
      take(appointment);
      return true;
    },
    aim: setAimKey,
    drop: (id: string, key: string | null) =>
      key === null ? leave() : putDown(carried?.id === id || carried?.requestId === id ? carried : find(id), key),
    pickUp,
    pickUpNew: (request: UnplacedRequest) => pickUp(toWaiter(request, newId() as AppointmentId)),
    leave,
    leaveByKey() {
      if (held === null) return;
      leave();
      setFocusRequest((count) => count + 1);
    },
    book(appointment: Appointment, holdId: HoldId) {
      if (selectedCell === undefined) return;
      setAimKey(selectedCell.key);
      void drop.putDown(appointment, selectedCell, now, holdId);
    },
    close() {
      setSelectedKey(null);
      setFocusRequest((count) => count + 1);
    },
  };

  function problemOf(): ReactNode {
    if (drop.error !== null) {
      return (
        <ProblemNotice
          error={drop.error}
          onRetry={drop.retry}
          isRetrying={drop.isBusy}
          actions={
            <Action onClick={drop.dismiss}>
              <Trans>Close</Trans>
            </Action>
          }
        />
      );
    }
    if (refused === null) return null;
    return (
      <div role="alert">
        <ConflictList conflicts={refused.conflicts} />
      </div>
    );
  }
}

function aimOf(kind: 'asking' | 'possible' | 'warned' | 'refused' | 'unknown'): LineMarks['aim'] {
  return kind === 'unknown' ? 'asking' : kind;
}

function selectedOf(cell: BoardCell | undefined): Selected | null {
  if (cell === undefined) return null;
  const isFree = cell.kind === 'free' || cell.kind === 'mine';
  return { kind: isFree ? 'slot' : 'taken', cell };
}
