import type { OperationId, PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardSession } from '@jaqyn/shared/scheduling/board.contract';
import { addDays, dayOf, eachDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { type Roster, type RosterTemplate, templatesOverlap } from '@jaqyn/shared/scheduling/roster';
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
import { peopleRepository } from './people.repository.ts';
import { rosterRepository } from './roster.repository.ts';
import { toBoardSession, toException, toTemplateView } from './roster.view.ts';
import { audit, PREVIEWED, preview, type RosterChanger } from './roster-changer.ts';
import { changeOf, type RosterChange } from './roster-effects.ts';
import { assertTemplate } from './roster-rules.ts';
import { scheduleReader, sessionsBetween, spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { maySeeRoster } from './scheduling.policy.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly changer: RosterChanger;
}

const MAX_DAYS_SHOWN = 62;

/** Templates: read, previewed, saved, ended. Closures and extra work are in `roster-exception.service.ts`. */
export class RosterService {
  readonly #runner: ScheduleRunner;
  readonly #changer: RosterChanger;

  constructor({ runner, changer }: Dependencies) {
    this.#runner = runner;
    this.#changer = changer;
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
      await this.#changer.getRostered(tx, actor, practitionerId);
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
   * `roster.not_found`, `roster.changed` when somebody ended or replaced that one since it was seen, `service.…`.
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
      seenValidTo: CalendarDate | null;
      decisions: readonly Decision[];
    },
  ): Promise<RosterChanged> {
    return this.#changer.operate(
      actor,
      operationId,
      'roster.save_template',
      { practitionerId, ...input },
      [input.id],
      async (unit) => {
        const practitioner = await this.#changer.getRostered(unit.tx, actor, practitionerId);
        const template = toTemplate(practitionerId, input.id, input.template);
        if (template.validFrom < unit.today) {
          throw new DomainError('roster.invalid', { fields: [{ path: 'validFrom', code: 'in_the_past' }] });
        }
        await assertTemplate(unit.tx, practitioner, template);
        if ((await rosterRepository.findTemplate(unit.tx, practitionerId, input.id)) !== undefined) {
          throw new DomainError('idempotency.key_reused');
        }
        const { change, others, replaced } = await this.#templateChange(unit.tx, template, input.replaces, unit.at);
        if (replaced !== undefined) assertLastDay(replaced, input.seenValidTo);
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
        return this.#changer.applyChange(unit, change, input.decisions);
      },
    );
  }

  /**
   * Lets a template apply until a day; before its first day it never was. Throws `roster.changed` when somebody ended or replaced it
   * since it was seen.
   */
  async endTemplate(
    actor: Actor,
    practitionerId: PractitionerId,
    templateId: RosterEntryId,
    {
      operationId,
      ...input
    }: {
      operationId: OperationId;
      lastDay: CalendarDate;
      seenValidTo: CalendarDate | null;
      decisions: readonly Decision[];
    },
  ): Promise<RosterChanged> {
    const body = { practitionerId, templateId, ...input };
    return this.#changer.operate(actor, operationId, 'roster.end_template', body, [templateId], async (unit) => {
      await this.#changer.getRostered(unit.tx, actor, practitionerId);
      const ended = { practitionerId, templateId, lastDay: input.lastDay };
      const { change, template } = await this.#endChange(unit.tx, ended, unit.today);
      assertLastDay(template, input.seenValidTo);
      await endRow(unit, template, input.lastDay);
      await audit(unit, 'end_template', templateId, { practitionerId, lastDay: input.lastDay });
      return this.#changer.applyChange(unit, change, input.decisions);
    });
  }

  /** What ending a template would touch; nothing is kept. Throws `roster.not_found`, `roster.invalid`. */
  previewEnd(
    actor: Actor,
    practitionerId: PractitionerId,
    templateId: RosterEntryId,
    { lastDay }: { lastDay: CalendarDate },
  ): Promise<RosterPreview> {
    return this.#runner.read(async (tx, at) => {
      await this.#changer.getRostered(tx, actor, practitionerId);
      const ended = { practitionerId, templateId, lastDay };
      const { change } = await this.#endChange(tx, ended, dayOf(toMinute(at)));
      return preview(tx, change, at, []);
    });
  }

  async #endChange(
    tx: Tx,
    ended: { practitionerId: PractitionerId; templateId: RosterEntryId; lastDay: CalendarDate },
    today: CalendarDate,
  ): Promise<{ change: RosterChange; template: RosterTemplate }> {
    const { practitionerId, templateId, lastDay } = ended;
    const template = await rosterRepository.findTemplate(tx, practitionerId, templateId);
    if (template === undefined || template.isWithdrawn) throw new DomainError('roster.not_found');
    const isLater = template.validTo !== null && lastDay > template.validTo;
    if (isLater || lastDay < addDays(today, -1)) {
      throw new DomainError('roster.invalid', {
        fields: [{ path: 'lastDay', code: isLater ? 'after_end' : 'in_the_past' }],
      });
    }
    const before = await this.#changer.readYear(tx, practitionerId, today);
    const after = { ...before.roster, templates: endIn(before.roster.templates, templateId, lastDay) };
    return { change: changeOf(before, after, addDays(lastDay, 1)), template };
  }

  async #templateChange(
    tx: Tx,
    template: RosterTemplate,
    replaces: RosterEntryId | null,
    at: Instant,
  ): Promise<{ change: RosterChange; others: RosterTemplate[]; replaced: RosterTemplate | undefined }> {
    const today = dayOf(toMinute(at));
    const before = await this.#changer.readYear(tx, template.practitionerId, today);
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

/** Throws `request.invalid` for a span that runs backwards or is too long. */
export function assertDays(from: CalendarDate, to: CalendarDate, most: number): void {
  const days = eachDay(from, to).length;
  if (days < 1 || days > most)
    throw new DomainError('request.invalid', { fields: [{ path: 'to', code: 'out_of_range' }] });
}

/** A template never changes but for its last day. */
function assertLastDay({ validTo }: RosterTemplate, seenValidTo: CalendarDate | null): void {
  if (validTo !== seenValidTo) throw new DomainError('roster.changed');
}

function toTemplate(practitionerId: PractitionerId, id: RosterEntryId, input: TemplateInput): RosterTemplate {
  return { ...input, id, practitionerId, weekdays: [...input.weekdays].sort((a, b) => a - b) };
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
