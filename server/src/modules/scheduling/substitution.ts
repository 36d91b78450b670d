import type { RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import {
  addDays,
  dayOf,
  fromMinute,
  overlaps,
  type Span,
  subtract,
  toMinute,
} from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { ExtraSession, SlotMode } from '@jaqyn/shared/scheduling/roster';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { peopleRepository } from './people.repository.ts';
import { toBoardSession } from './roster.view.ts';
import type { RosterChanger } from './roster-changer.ts';
import type { ClosureInput } from './roster-rules.ts';
import { type ReadRoster, sessionsBetween, toRead } from './schedule-reader.ts';

/** What a substitute would take over, and what stands against it. */
interface TakenOver {
  readonly session: BoardSession;
  readonly extra: ExtraSession;
  readonly conflicts: Conflict[];
}

/** The sessions of the closed span as extra work of the substitute, with what stands against each. */
export async function takeOver(
  tx: Tx,
  rosters: Pick<RosterChanger, 'readYear'>,
  absent: ReadRoster,
  input: ClosureInput,
  today: CalendarDate,
): Promise<{ takenOver: TakenOver[]; before?: ReadRoster; after?: ReadRoster }> {
  const { substituteId } = input;
  if (substituteId === null) return { takenOver: [] };
  if (substituteId === absent.practitionerId) {
    throw new DomainError('roster.invalid', { fields: [{ path: 'substituteId', code: 'same' }] });
  }
  const [away, substitute] = [
    await peopleRepository.findPractitioner(tx, absent.practitionerId),
    await peopleRepository.findPractitioner(tx, substituteId),
  ];
  if (substitute === undefined) throw new DomainError('practitioner.not_found');
  if (substitute.specialty !== away?.specialty) {
    throw new DomainError('service.differs', { fields: [{ path: 'substituteId', code: 'specialty_differs' }] });
  }
  const before = await rosters.readYear(tx, substituteId, today);
  const span = { from: toMinute(input.startsAt), to: toMinute(input.endsAt) };
  const first = dayOf(span.from) < today ? today : addDays(dayOf(span.from), -1);
  const sessions = sessionsBetween(absent, first, dayOf(span.to - 1)).filter((session) => overlaps(session, span));
  const takenOver = sessions.flatMap((session) =>
    piecesOf(session, span).map((piece): TakenOver => {
      const extra = { ...session, ...piece, id: newId<RosterEntryId>() };
      const own = sessionsBetween(before, addDays(dayOf(piece.from), -1), dayOf(piece.to)).filter(
        (theirs) => (theirs.mode === 'on_call') === (session.mode === 'on_call') && overlaps(theirs, piece),
      );
      const isAway = before.roster.closures.some((closure) => overlaps(closure, piece));
      const who = { practitionerId: substitute.id, practitionerName: substitute.displayName };
      const conflicts: Conflict[] = own.map((theirs) => ({
        code: 'specialist_busy',
        severity: 'refuses',
        ...who,
        startsAt: fromMinute(theirs.from),
        endsAt: fromMinute(theirs.to),
      }));
      if (isAway) conflicts.push({ code: 'on_leave', severity: 'refuses', ...who });
      return { session: toBoardSession(substitute.id, { ...session, ...piece, closed: [] }), extra, conflicts };
    }),
  );
  const extras = takenOver.filter(({ conflicts }) => conflicts.length === 0).map(({ extra }) => extra);
  const roster = { ...before.roster, extras: [...before.roster.extras, ...extras] };
  return { takenOver, before, after: toRead(substituteId, roster, before.calendar) };
}

/** What of a session lies in the span and is worked, beginning where one of its slots does, so that slots keep their times. */
function piecesOf(session: Parameters<typeof slotsOf>[0] & { readonly mode: SlotMode }, span: Span): Span[] {
  const inside = { from: Math.max(session.from, span.from), to: Math.min(session.to, span.to) };
  const pieces = subtract(inside, session.closed);
  if (session.mode === 'on_call') return pieces;
  return pieces.flatMap((piece) => {
    const slots = slotsOf(session).filter((slot) => slot.from >= piece.from && slot.to <= piece.to);
    const [first, last] = [slots[0], slots.at(-1)];
    return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to }];
  });
}
