import type { OperationId, PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { addDays, dayOf, eachDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import {
  type ClosureReason,
  findTemplateProblems,
  type Roster,
  type RosterTemplate,
  templatesOverlap,
} from '@jaqyn/shared/scheduling/roster';
import type {
  Decision,
  RosterChanged,
  RosterException,
  RosterPreview,
  Template,
  TemplateInput,
} from '@jaqyn/shared/scheduling/roster.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { StaffService } from '../staff/staff.service.ts';
import type { AppointmentRow } from './appointment.repository.ts';
import { type AppointmentBook, myRegion } from './appointment-book.ts';
import type { BookingService } from './booking.service.ts';
import { toChanged } from './changed.ts';
import { HORIZON_DAYS } from './day-load.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { peopleRepository, type Scheduled } from './people.repository.ts';
import { rosterRepository } from './roster.repository.ts';
import { toAffected, toBoardSession, toException } from './roster.view.ts';
import { carryOut, changeOf, countSlots, listAffected, type RosterChange, suggestSlots } from './roster-effects.ts';
import { type ReadRoster, scheduleReader, sessionsBetween, spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { mayRoster, maySeeRoster } from './scheduling.policy.ts';
import { shiftRoster } from './shift-roster.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
  readonly bookings: Pick<BookingService, 'moveRow'>;
  readonly staff: Pick<StaffService, 'replaceShifts'>;
}

/** A year: templates are looked at that far when it is asked what they would change. */
const YEAR_DAYS = 400;
const MAX_DAYS_SHOWN = 62;

/** Templates: read, previewed, saved, ended. Closures and extra work are in `roster-exception.service.ts`. */
export class RosterService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;
  readonly #bookings: Pick<BookingService, 'moveRow'>;
  readonly #staff: Pick<StaffService, 'replaceShifts'>;

  constructor({ runner, book, bookings, staff }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
    this.#bookings = bookings;
    this.#staff = staff;
  }

  /** Throws `practitioner.not_found` for a missing and a foreign one alike, `request.invalid` past 62 days. */
  getRoster(
    actor: Actor,
    practitionerId: PractitionerId,
    { from, to }: { from: CalendarDate; to: CalendarDate },
  ): Promise<{ templates: Template[]; exceptions: RosterException[]; sessions: BoardSession[] }> {
    assertDays(from, to, MAX_DAYS_SHOWN);
    return this.#runner.read(async (tx) => {
      const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
      if (practitioner === undefined || !maySeeRoster(actor, practitionerId))
        throw new DomainError('practitioner.not_found');
      const read = await scheduleReader.readRoster(tx, practitionerId, from, to);
      const exceptions = await rosterRepository.listExceptions(tx, practitionerId, spanOfDays(from, to));
      return {
        templates: (await rosterRepository.listTemplates(tx, practitionerId, from)).map(toTemplateView),
        exceptions: exceptions.map(toException),
        sessions: sessionsBetween(read, from, to).map((session) => toBoardSession(practitionerId, session)),
      };
    });
  }

  /** What a template would change; nothing is kept. */
  previewTemplate(
    actor: Actor,
    practitionerId: PractitionerId,
    input: { template: TemplateInput; replaces: RosterEntryId | null },
  ): Promise<RosterPreview> {
    return this.#runner.read(async (tx, at) => {
      await this.getRostered(tx, actor, practitionerId);
      const template = toTemplate(practitionerId, PREVIEWED, input.template);
      const { change, others } = await this.#templateChange(tx, template, input.replaces, at);
      return preview(
        tx,
        change,
        at,
        others.filter((other) => templatesOverlap(other, template)),
      );
    });
  }

  /**
   * Adds a template or replaces one from its first day on. Throws `roster.invalid`, `roster.overlap`, `roster.booked_affected`,
   * `roster.not_found`, `service.…`.
   */
  async saveTemplate(
    actor: Actor,
    practitionerId: PractitionerId,
    {
      operationId,
      ...input
    }: {
      operationId: OperationId;
      id: RosterEntryId;
      template: TemplateInput;
      replaces: RosterEntryId | null;
      decisions: readonly Decision[];
    },
  ): Promise<RosterChanged> {
    return this.operate(
      actor,
      operationId,
      'roster.save_template',
      { practitionerId, ...input },
      [input.id],
      async (unit) => {
        const practitioner = await this.getRostered(unit.tx, actor, practitionerId);
        const template = toTemplate(practitionerId, input.id, input.template);
        if (template.validFrom < unit.today) {
          throw new DomainError('roster.invalid', { fields: [{ path: 'validFrom', code: 'in_the_past' }] });
        }
        await assertTemplate(unit.tx, practitioner, template);
        if ((await rosterRepository.findTemplate(unit.tx, practitionerId, input.id)) !== undefined) {
          throw new DomainError('idempotency.key_reused');
        }
        const { change, others, replaced } = await this.#templateChange(unit.tx, template, input.replaces, unit.at);
        const overlapping = others.filter((other) => templatesOverlap(other, template));
        if (overlapping.length > 0) {
          throw new DomainError('roster.overlap', {
            fields: overlapping.map(({ id }) => ({ path: `template:${id}`, code: 'overlaps' })),
          });
        }
        if (replaced !== undefined) await endRow(unit, replaced, addDays(template.validFrom, -1));
        const by = { at: unit.at, userId: actor.userId };
        // The rule above has said no already; the database has the last word.
        if (!(await rosterRepository.insertTemplate(unit.tx, template, by))) throw new DomainError('roster.overlap');
        await audit(unit, 'save_template', input.id, {
          practitionerId,
          replaces: input.replaces,
          validFrom: template.validFrom,
        });
        return this.applyChange(unit, change, input.decisions);
      },
    );
  }

  /** Lets a template apply until a day; before its first day it never was. */
  async endTemplate(
    actor: Actor,
    practitionerId: PractitionerId,
    templateId: RosterEntryId,
    { operationId, ...input }: { operationId: OperationId; lastDay: CalendarDate; decisions: readonly Decision[] },
  ): Promise<RosterChanged> {
    const body = { practitionerId, templateId, ...input };
    return this.operate(actor, operationId, 'roster.end_template', body, [templateId], async (unit) => {
      await this.getRostered(unit.tx, actor, practitionerId);
      const template = await rosterRepository.findTemplate(unit.tx, practitionerId, templateId);
      if (template === undefined || template.isWithdrawn) throw new DomainError('roster.not_found');
      const isLater = template.validTo !== null && input.lastDay > template.validTo;
      if (isLater || input.lastDay < addDays(unit.today, -1)) {
        throw new DomainError('roster.invalid', {
          fields: [{ path: 'lastDay', code: isLater ? 'after_end' : 'in_the_past' }],
        });
      }
      const before = await this.readYear(unit.tx, practitionerId, unit.today);
      const after = { ...before.roster, templates: endIn(before.roster.templates, templateId, input.lastDay) };
      await endRow(unit, template, input.lastDay);
      await audit(unit, 'end_template', templateId, { practitionerId, lastDay: input.lastDay });
      return this.applyChange(unit, changeOf(before, after, addDays(input.lastDay, 1)), input.decisions);
    });
  }

  // --- for the other services of rosters

  /** The specialist, when the actor may change their roster; otherwise `practitioner.not_found`. */
  async getRostered(tx: Tx, actor: Actor, practitionerId: PractitionerId): Promise<Scheduled> {
    const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
    if (practitioner === undefined || !mayRoster(actor, practitioner, await myRegion(tx, actor))) {
      throw new DomainError('practitioner.not_found');
    }
    return practitioner;
  }

  /** One operation on rosters: what became of appointments is in the receipt, it cannot be undone but taken back. */
  async operate(
    actor: Actor,
    operationId: OperationId,
    kind: string,
    body: object,
    rosterEntryIds: RosterEntryId[],
    work: (unit: Unit) => Promise<AppointmentRow[]>,
  ): Promise<RosterChanged> {
    const receipt = await this.#runner.operate(actor, { id: operationId, kind, body }, async (unit) => ({
      appointments: await work(unit),
    }));
    return { ...(await toChanged(this.#runner, receipt)), rosterEntryIds };
  }

  /** Loads, shifts and decisions follow a roster that has been written. */
  async applyChange(unit: Unit, change: RosterChange, decisions: readonly Decision[]): Promise<AppointmentRow[]> {
    const affected = await listAffected(unit.tx, change, unit.at);
    const done = await carryOut(unit, affected, decisions, { book: this.#book, bookings: this.#bookings });
    const from = change.from < unit.today ? unit.today : change.from;
    unit.touchDays(change.practitionerId, eachDay(from, addDays(unit.today, HORIZON_DAYS)));
    await shiftRoster.replace(unit.tx, this.#staff, change.practitionerId, change, unit.today);
    return done;
  }

  /** From yesterday, whose duty may go on, a year ahead. */
  readYear(tx: Tx, practitionerId: PractitionerId, today: CalendarDate): Promise<ReadRoster> {
    return scheduleReader.readRoster(tx, practitionerId, addDays(today, -1), addDays(today, YEAR_DAYS));
  }

  async #templateChange(
    tx: Tx,
    template: RosterTemplate,
    replaces: RosterEntryId | null,
    at: Instant,
  ): Promise<{ change: RosterChange; others: RosterTemplate[]; replaced: RosterTemplate | undefined }> {
    const today = dayOf(toMinute(at));
    const before = await this.readYear(tx, template.practitionerId, today);
    const all = await rosterRepository.listTemplates(tx, template.practitionerId, addDays(today, -1));
    const replaced = all.find(({ id }) => id === replaces);
    if (replaces !== null && replaced === undefined) throw new DomainError('roster.not_found');
    const lastDay = addDays(template.validFrom, -1);
    const others = replaces === null ? all : endIn(all, replaces, lastDay);
    const after: Roster = {
      ...before.roster,
      templates: [...endIn(before.roster.templates, replaces, lastDay), template],
    };
    return { change: changeOf(before, after, template.validFrom), others, replaced };
  }
}

export async function preview(
  tx: Tx,
  change: RosterChange,
  at: Instant,
  overlapping: readonly RosterTemplate[],
  substitute?: ReadRoster,
): Promise<RosterPreview> {
  const affected = await listAffected(tx, change, at);
  const suggestions = await suggestSlots(tx, change, affected, at, substitute);
  const today = dayOf(toMinute(at));
  const from = change.from < today ? today : change.from;
  return {
    affected: await toAffected(tx, affected, suggestions),
    slotsBefore: countSlots(change.before, from),
    slotsAfter: countSlots(change.after, from),
    overlapping: overlapping.map(toTemplateView),
  };
}

export async function audit(
  unit: Unit,
  event: string,
  id: string,
  detail: Record<string, string | null>,
): Promise<void> {
  await auditLog.append(unit.tx, {
    at: unit.at,
    actor: unit.actor,
    action: `roster.${event}`,
    entityType: 'roster',
    entityId: id,
    detail,
  });
}

/** Throws `request.invalid` for a span that runs backwards or is too long. */
export function assertDays(from: CalendarDate, to: CalendarDate, most: number): void {
  const days = eachDay(from, to).length;
  if (days < 1 || days > most)
    throw new DomainError('request.invalid', { fields: [{ path: 'to', code: 'out_of_range' }] });
}

/** Throws `roster.invalid`, `service.not_found`, `service.differs`, `service.retired`. */
export async function assertTemplate(tx: Tx, practitioner: Scheduled, template: RosterTemplate): Promise<void> {
  const problems = findTemplateProblems(template);
  if (problems.length > 0) throw new DomainError('roster.invalid', { fields: problems });
  await assertService(tx, practitioner, template, template.validFrom);
}

export async function assertService(
  tx: Tx,
  practitioner: Scheduled,
  { service: code, mode }: Pick<RosterTemplate, 'service' | 'mode'>,
  from: CalendarDate,
): Promise<void> {
  const service = await healthcareServiceRepository.find(tx, code);
  if (service === undefined) throw new DomainError('service.not_found');
  if (service.specialty !== practitioner.specialty || (mode !== 'on_call' && mode !== service.mode)) {
    throw new DomainError('service.differs', { fields: [{ path: 'service', code: 'differs' }] });
  }
  if (service.retiredFrom !== null && service.retiredFrom <= from) throw new DomainError('service.retired');
}

export type ClosureInput = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly reason: ClosureReason;
  readonly substituteId: PractitionerId | null;
};

const PREVIEWED = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RosterEntryId;

function toTemplate(practitionerId: PractitionerId, id: RosterEntryId, input: TemplateInput): RosterTemplate {
  return { ...input, id, practitionerId, weekdays: [...input.weekdays].sort((a, b) => a - b) };
}

function toTemplateView(template: RosterTemplate): Template {
  return { ...template, weekdays: [...template.weekdays] };
}

/** The templates with one of them ended; before its first day it never was. */
function endIn(
  templates: readonly RosterTemplate[],
  id: RosterEntryId | null,
  lastDay: CalendarDate,
): RosterTemplate[] {
  return templates
    .map((template) =>
      template.id === id && (template.validTo === null || template.validTo > lastDay)
        ? { ...template, validTo: lastDay }
        : template,
    )
    .filter(({ validFrom, validTo }) => validTo === null || validFrom <= validTo);
}

async function endRow(unit: Unit, template: RosterTemplate, lastDay: CalendarDate): Promise<void> {
  if (lastDay < template.validFrom) await rosterRepository.withdrawTemplate(unit.tx, template.id, unit.at);
  else if (template.validTo === null || lastDay < template.validTo) {
    await rosterRepository.endTemplate(unit.tx, template.id, lastDay);
  }
}
