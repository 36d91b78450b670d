import type { OperationId, PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { addDays, dayOf, fromMinute, overlaps, type Span, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { Conflict } from '@jaqyn/shared/scheduling/operation.contract';
import type { ExtraSession, SlotMode } from '@jaqyn/shared/scheduling/roster';
import type { Decision, RosterChanged, RosterPreview } from '@jaqyn/shared/scheduling/roster.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { type ExceptionRow, rosterRepository } from './roster.repository.ts';
import { audit, PREVIEWED, preview, type RosterChanger } from './roster-changer.ts';
import { changeOf, type RosterChange } from './roster-effects.ts';
import { assertClosure, assertExtra, assertService, type ClosureInput } from './roster-rules.ts';
import { sessionsBetween } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { takeOver } from './substitution.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly changer: RosterChanger;
}

/** Leaves, hours off, substitutions and extra work. */
export class RosterExceptionService {
  readonly #runner: ScheduleRunner;
  readonly #changer: RosterChanger;

  constructor({ runner, changer }: Dependencies) {
    this.#runner = runner;
    this.#changer = changer;
  }

  /** What a closure would touch, and what a substitute could take; nothing is kept. */
  previewClosure(
    actor: Actor,
    practitionerId: PractitionerId,
    input: ClosureInput,
  ): Promise<RosterPreview & { substituted: { session: BoardSession; conflicts: Conflict[] }[] }> {
    return this.#runner.read(async (tx, at) => {
      await this.#changer.getRostered(tx, actor, practitionerId);
      assertClosure(input, at);
      const change = await this.#closureChange(tx, practitionerId, input, dayOf(toMinute(at)));
      const { takenOver, after } = await takeOver(tx, this.#changer, change.before, input, dayOf(toMinute(at)));
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
    return this.#changer.operate(
      actor,
      operationId,
      'roster.save_closure',
      { practitionerId, ...input },
      [id],
      async (unit) => {
        await this.#changer.getRostered(unit.tx, actor, practitionerId);
        assertClosure(input, unit.at);
        await assertNew(unit.tx, practitionerId, id);
        const change = await this.#closureChange(unit.tx, practitionerId, input, unit.today);
        const substitute = await takeOver(unit.tx, this.#changer, change.before, input, unit.today);
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
          done.push(...(await this.#changer.applyChange(unit, theirs, [])));
        }
        return [...done, ...(await this.#changer.applyChange(unit, change, input.decisions))];
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
    return this.#changer.operate(
      actor,
      operationId,
      'roster.save_extra',
      { practitionerId, ...input },
      [id],
      async (unit) => {
        const practitioner = await this.#changer.getRostered(unit.tx, actor, practitionerId);
        await assertNew(unit.tx, practitionerId, id);
        const extra: ExtraSession = { ...input, from: toMinute(input.startsAt), to: toMinute(input.endsAt) };
        assertExtra(extra, unit);
        const day = dayOf(extra.from);
        await assertService(unit.tx, practitioner, extra, day);
        const before = await this.#changer.readYear(unit.tx, practitionerId, unit.today);
        const isOnCall = extra.mode === 'on_call';
        const beside = sessionsBetween(before, addDays(day, -1), addDays(day, 1)).filter(
          (session) => (session.mode === 'on_call') === isOnCall && overlaps(session, extra),
        );
        if (beside.length > 0)
          throw new DomainError('roster.overlap', { fields: [{ path: 'startsAt', code: 'overlaps' }] });
        await this.#insertExtra(unit, practitionerId, extra, input.note, null);
        await audit(unit, 'save_extra', id, { practitionerId, service: input.service, startsAt: input.startsAt });
        const after = { ...before.roster, extras: [...before.roster.extras, extra] };
        return this.#changer.applyChange(unit, changeOf(before, after, day), []);
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
    return this.#changer.operate(actor, operationId, 'roster.withdraw', body, [exceptionId], async (unit) => {
      await this.#changer.getRostered(unit.tx, actor, practitionerId);
      const { entries, changes } = await this.#withdrawal(unit.tx, practitionerId, exceptionId, unit.today);
      const done: AppointmentRow[] = [];
      for (const { id } of entries) await rosterRepository.withdrawException(unit.tx, id, unit.at);
      await audit(unit, 'withdraw', exceptionId, { practitionerId });
      for (const change of changes) done.push(...(await this.#changer.applyChange(unit, change, decisions)));
      return done;
    });
  }

  /** What taking an entry back would touch; nothing is kept. Throws `roster.not_found`. */
  previewWithdrawal(actor: Actor, practitionerId: PractitionerId, exceptionId: RosterEntryId): Promise<RosterPreview> {
    return this.#runner.read(async (tx, at) => {
      await this.#changer.getRostered(tx, actor, practitionerId);
      const { changes } = await this.#withdrawal(tx, practitionerId, exceptionId, dayOf(toMinute(at)));
      // Who is booked with the substitute may go back to whom they were booked with first.
      const own = changes.find((change) => change.practitionerId === practitionerId);
      const previews: RosterPreview[] = [];
      for (const change of changes) {
        previews.push(await preview(tx, change, at, [], change === own ? undefined : own?.after));
      }
      return {
        ...(previews.at(-1) ?? { slotsBefore: 0, slotsAfter: 0 }),
        overlapping: [],
        affected: previews
          .flatMap(({ affected }) => affected)
          .sort((a, b) => ((a.appointment.startsAt ?? '') < (b.appointment.startsAt ?? '') ? -1 : 1)),
      };
    });
  }

  /** The entries that go together, and what each roster becomes; the one they were taken from last. */
  async #withdrawal(
    tx: Tx,
    practitionerId: PractitionerId,
    exceptionId: RosterEntryId,
    today: CalendarDate,
  ): Promise<{ entries: ExceptionRow[]; changes: RosterChange[] }> {
    const entry = await rosterRepository.findException(tx, practitionerId, exceptionId);
    if (entry === undefined || entry.withdrawnAt !== null) throw new DomainError('roster.not_found');
    const isWhole = entry.kind === 'closure' && entry.substitutionId !== null;
    const entries = isWhole ? await rosterRepository.listSubstitution(tx, entry.substitutionId ?? '') : [entry];
    // The substitute first: what was moved to them may go back once the other is there again.
    const people = [...new Set(entries.map((row) => row.practitionerId as PractitionerId))].sort((a) =>
      a === practitionerId ? 1 : -1,
    );
    const changes: RosterChange[] = [];
    for (const person of people) {
      const before = await this.#changer.readYear(tx, person, today);
      const gone = new Set(entries.filter((row) => row.practitionerId === person).map(({ id }) => id));
      const after = {
        ...before.roster,
        closures: before.roster.closures.filter(({ id }) => !gone.has(id)),
        extras: before.roster.extras.filter(({ id }) => !gone.has(id)),
      };
      changes.push(changeOf(before, after, today));
    }
    return { entries, changes };
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
    const before = await this.#changer.readYear(tx, practitionerId, today);
    const closure = {
      id: PREVIEWED,
      reason: input.reason,
      from: toMinute(input.startsAt),
      to: toMinute(input.endsAt),
    };
    const after = { ...before.roster, closures: [...before.roster.closures, closure] };
    return { ...changeOf(before, after, dayOf(closure.from)), closure };
  }
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

async function assertNew(tx: Tx, practitionerId: PractitionerId, id: RosterEntryId): Promise<void> {
  if ((await rosterRepository.findException(tx, practitionerId, id)) !== undefined) {
    throw new DomainError('idempotency.key_reused');
  }
}
