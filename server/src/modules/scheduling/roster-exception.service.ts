import type { OperationId, PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import {
  addDays,
  dayOf,
  fromMinute,
  minuteOfDay,
  overlaps,
  type Span,
  subtract,
  toMinute,
} from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import { type ExtraSession, findTemplateProblems, type SlotMode } from '@jaqyn/shared/scheduling/roster';
import type { Decision, RosterChanged, RosterPreview } from '@jaqyn/shared/scheduling/roster.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { peopleRepository } from './people.repository.ts';
import { type ExceptionRow, rosterRepository } from './roster.repository.ts';
import { assertService, audit, type ClosureInput, preview, type RosterService } from './roster.service.ts';
import { toBoardSession } from './roster.view.ts';
import { changeOf } from './roster-effects.ts';
import { type ReadRoster, sessionsBetween, toRead } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly rosters: RosterService;
}

/** A leave of more than a year is somebody who has left: their templates end instead. */
const MAX_CLOSURE_DAYS = 366;

/** What a substitute would take over, and what stands against it. */
interface TakenOver {
  readonly session: BoardSession;
  readonly extra: ExtraSession;
  readonly conflicts: Conflict[];
}

/** Leaves, hours off, substitutions and extra work. */
export class RosterExceptionService {
  readonly #runner: ScheduleRunner;
  readonly #rosters: RosterService;

  constructor({ runner, rosters }: Dependencies) {
    this.#runner = runner;
    this.#rosters = rosters;
  }

  /** What a closure would touch, and what a substitute could take; nothing is kept. */
  previewClosure(
    actor: Actor,
    practitionerId: PractitionerId,
    input: ClosureInput,
  ): Promise<RosterPreview & { substituted: { session: BoardSession; conflicts: Conflict[] }[] }> {
    return this.#runner.read(async (tx, at) => {
      await this.#rosters.getRostered(tx, actor, practitionerId);
      assertClosure(input, at);
      const change = await this.#closureChange(tx, practitionerId, input, dayOf(toMinute(at)));
      const { takenOver, after } = await this.#takeOver(tx, change.before, input, dayOf(toMinute(at)));
      return {
        ...(await preview(tx, change, at, [], after)),
        substituted: takenOver.map(({ session, conflicts }) => ({ session, conflicts })),
      };
    });
  }

  /**
   * Enters a closure and, with a substitute, their extra sessions: those that nothing stands against. Throws `roster.invalid`,
   * `roster.booked_affected`, `service.differs` for a substitute of another specialty.
   */
  saveClosure(
    actor: Actor,
    practitionerId: PractitionerId,
    {
      operationId,
      ...input
    }: ClosureInput & {
      operationId: OperationId;
      id: RosterEntryId;
      note: string;
      decisions: readonly Decision[];
    },
  ): Promise<RosterChanged> {
    const { id, substituteId } = input;
    return this.#rosters.operate(
      actor,
      operationId,
      'roster.save_closure',
      { practitionerId, ...input },
      [id],
      async (unit) => {
        await this.#rosters.getRostered(unit.tx, actor, practitionerId);
        assertClosure(input, unit.at);
        await assertNew(unit.tx, practitionerId, id);
        const change = await this.#closureChange(unit.tx, practitionerId, input, unit.today);
        const substitute = await this.#takeOver(unit.tx, change.before, input, unit.today);
        await rosterRepository.insertException(unit.tx, {
          ...rowOf(unit, id, practitionerId, change.closure, input.note, substituteId === null ? null : id),
          kind: 'closure',
          reason: input.reason,
        });
        await audit(unit, 'save_closure', id, { practitionerId, reason: input.reason, substituteId });
        const done: AppointmentRow[] = [];
        if (substituteId !== null && substitute.before !== undefined && substitute.after !== undefined) {
          for (const { extra, conflicts } of substitute.takenOver) {
            if (conflicts.length > 0) continue;
            await this.#insertExtra(unit, substituteId, extra, '', id);
          }
          const theirs = {
            practitionerId: substituteId,
            before: substitute.before,
            after: substitute.after,
            from: unit.today,
          };
          done.push(...(await this.#rosters.applyChange(unit, theirs, [])));
        }
        return [...done, ...(await this.#rosters.applyChange(unit, change, input.decisions))];
      },
    );
  }

  /** Extra work on one day. Throws `roster.invalid`, `roster.overlap` beside what the specialist does then anyway. */
  saveExtra(
    actor: Actor,
    practitionerId: PractitionerId,
    {
      operationId,
      ...input
    }: {
      operationId: OperationId;
      id: RosterEntryId;
      service: ServiceCode;
      mode: SlotMode;
      startsAt: Instant;
      endsAt: Instant;
      slotMinutes: number;
      bufferMinutes: number;
      rank: number | null;
      note: string;
    },
  ): Promise<RosterChanged> {
    const { id } = input;
    return this.#rosters.operate(
      actor,
      operationId,
      'roster.save_extra',
      { practitionerId, ...input },
      [id],
      async (unit) => {
        const practitioner = await this.#rosters.getRostered(unit.tx, actor, practitionerId);
        await assertNew(unit.tx, practitionerId, id);
        const extra: ExtraSession = { ...input, from: toMinute(input.startsAt), to: toMinute(input.endsAt) };
        assertExtra(extra, unit);
        const day = dayOf(extra.from);
        await assertService(unit.tx, practitioner, extra, day);
        const before = await this.#rosters.readYear(unit.tx, practitionerId, unit.today);
        const isOnCall = extra.mode === 'on_call';
        const beside = sessionsBetween(before, addDays(day, -1), addDays(day, 1)).filter(
          (session) => (session.mode === 'on_call') === isOnCall && overlaps(session, extra),
        );
        if (beside.length > 0)
          throw new DomainError('roster.overlap', { fields: [{ path: 'startsAt', code: 'overlaps' }] });
        await this.#insertExtra(unit, practitionerId, extra, input.note, null);
        await audit(unit, 'save_extra', id, { practitionerId, service: input.service, startsAt: input.startsAt });
        const after = { ...before.roster, extras: [...before.roster.extras, extra] };
        return this.#rosters.applyChange(unit, changeOf(before, after, day), []);
      },
    );
  }

  /** Takes an entry back, a closure with its whole substitution. Again is `roster.not_found`. */
  withdraw(
    actor: Actor,
    practitionerId: PractitionerId,
    exceptionId: RosterEntryId,
    { operationId, decisions }: { operationId: OperationId; decisions: readonly Decision[] },
  ): Promise<RosterChanged> {
    const body = { practitionerId, exceptionId, decisions };
    return this.#rosters.operate(actor, operationId, 'roster.withdraw', body, [exceptionId], async (unit) => {
      await this.#rosters.getRostered(unit.tx, actor, practitionerId);
      const entry = await rosterRepository.findException(unit.tx, practitionerId, exceptionId);
      if (entry === undefined || entry.withdrawnAt !== null) throw new DomainError('roster.not_found');
      const isWhole = entry.kind === 'closure' && entry.substitutionId !== null;
      const entries = isWhole ? await rosterRepository.listSubstitution(unit.tx, entry.substitutionId ?? '') : [entry];
      const done: AppointmentRow[] = [];
      // The substitute first: what was moved to them may go back once the other is there again.
      const people = [...new Set(entries.map((row) => row.practitionerId as PractitionerId))].sort((a) =>
        a === practitionerId ? 1 : -1,
      );
      const changes = [];
      for (const person of people) {
        const before = await this.#rosters.readYear(unit.tx, person, unit.today);
        const gone = new Set(entries.filter((row) => row.practitionerId === person).map(({ id }) => id));
        changes.push(
          changeOf(
            before,
            {
              ...before.roster,
              closures: before.roster.closures.filter(({ id }) => !gone.has(id)),
              extras: before.roster.extras.filter(({ id }) => !gone.has(id)),
            },
            unit.today,
          ),
        );
      }
      for (const { id } of entries) await rosterRepository.withdrawException(unit.tx, id, unit.at);
      await audit(unit, 'withdraw', exceptionId, { practitionerId });
      for (const change of changes) done.push(...(await this.#rosters.applyChange(unit, change, decisions)));
      return done;
    });
  }

  async #insertExtra(
    unit: Unit,
    practitionerId: PractitionerId,
    extra: ExtraSession,
    note: string,
    substitutionId: RosterEntryId | null,
  ): Promise<void> {
    const isInserted = await rosterRepository.insertException(unit.tx, {
      ...rowOf(unit, extra.id, practitionerId, extra, note, substitutionId),
      kind: 'extra',
      service: extra.service,
      mode: extra.mode,
      slotMinutes: extra.slotMinutes,
      bufferMinutes: extra.bufferMinutes,
      rank: extra.rank,
    });
    if (!isInserted) throw new DomainError('roster.overlap');
  }

  async #closureChange(tx: Tx, practitionerId: PractitionerId, input: ClosureInput, today: CalendarDate) {
    const before = await this.#rosters.readYear(tx, practitionerId, today);
    const closure = {
      id: PREVIEWED,
      reason: input.reason,
      from: toMinute(input.startsAt),
      to: toMinute(input.endsAt),
    };
    const after = { ...before.roster, closures: [...before.roster.closures, closure] };
    return { ...changeOf(before, after, dayOf(closure.from)), closure };
  }

  /** The sessions of the closed span as extra work of the substitute, with what stands against each. */
  async #takeOver(
    tx: Tx,
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
    const before = await this.#rosters.readYear(tx, substituteId, today);
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

function rowOf(
  unit: Unit,
  id: RosterEntryId,
  practitionerId: PractitionerId,
  span: Span,
  note: string,
  substitutionId: RosterEntryId | null,
): Omit<ExceptionRow, 'kind'> {
  return {
    id,
    practitionerId,
    startsAt: fromMinute(span.from),
    endsAt: fromMinute(span.to),
    reason: null,
    service: null,
    mode: null,
    slotMinutes: null,
    bufferMinutes: null,
    rank: null,
    substitutionId,
    note,
    createdAt: unit.at,
    createdBy: unit.actor?.userId ?? 'system',
    withdrawnAt: null,
  };
}

function assertClosure({ startsAt, endsAt }: ClosureInput, at: Instant): void {
  const invalid = (path: string, code: string) => new DomainError('roster.invalid', { fields: [{ path, code }] });
  if (endsAt <= startsAt) throw invalid('endsAt', 'before_start');
  if (endsAt <= at) throw invalid('endsAt', 'in_the_past');
  if (toMinute(endsAt) - toMinute(startsAt) > MAX_CLOSURE_DAYS * 1440) throw invalid('endsAt', 'too_long');
}

/** The rules of a template hold for one day as well. */
function assertExtra(extra: ExtraSession, unit: Unit): void {
  const day = dayOf(extra.from);
  const start = minuteOfDay(extra.from);
  const problems = findTemplateProblems({
    ...extra,
    weekdays: [1],
    startMinute: start,
    endMinute: start + (extra.to - extra.from),
    validFrom: day,
    validTo: day,
  });
  if (extra.to <= unit.now) problems.push({ path: 'endsAt', code: 'in_the_past' });
  if (problems.length > 0) throw new DomainError('roster.invalid', { fields: problems });
}

async function assertNew(tx: Tx, practitionerId: PractitionerId, id: RosterEntryId): Promise<void> {
  if ((await rosterRepository.findException(tx, practitionerId, id)) !== undefined) {
    throw new DomainError('idempotency.key_reused');
  }
}

const PREVIEWED = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RosterEntryId;
