import type { AuditActionOf } from '@jaqyn/shared/audit/audit-actions';
import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { Appointment } from '@jaqyn/shared/scheduling/appointment.contract';
import { createWorkCalendar, type DayOrder, type WorkCalendar } from '@jaqyn/shared/scheduling/holidays';
import { eachDay, fromMinute } from '@jaqyn/shared/scheduling/local-day';
import type { SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { listAppointmentViews } from './appointment.view.ts';
import { myRegion } from './appointment-book.ts';
import { spanOf } from './appointment-time.ts';
import { dayLoadRepository } from './day-load.repository.ts';
import { rosterRepository, type SpecialDayRow } from './roster.repository.ts';
import { assertDays } from './roster.service.ts';
import { hasSlot } from './roster-effects.ts';
import { scheduleReader, spanOfDays, toRead } from './schedule-reader.ts';
import type { ScheduleRunner, Unit } from './schedule-runner.ts';
import { specialDayRepository } from './special-day.repository.ts';

const MAX_DAYS = 400;

/** As many as somebody decides for in one sitting; with those decided the next come up. */
const SHOWN = 100;

/** How a day is looked at: as it is, or as it would be with another order or with none. */
interface AsOrdered {
  readonly as?: 'day_off' | 'working_day' | 'by_law' | undefined;
  readonly worksAs?: number | undefined;
}

/** Holidays of the law, and the Government's orders on top of them. */
export class SpecialDayService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  /** Throws `request.invalid` past 400 days. */
  list(from: CalendarDate, to: CalendarDate): Promise<SpecialDay[]> {
    assertDays(from, to, MAX_DAYS);
    return this.#runner.read((tx) => listSpecialDays(tx, from, to));
  }

  /**
   * Who is booked on a day at a time that is no slot of their specialist's roster, to be moved, put back or left. A coordinator
   * sees those of their oblast; who decides for nobody is told how many there are.
   */
  listBooked(
    actor: Actor,
    day: CalendarDate,
    { as, worksAs }: AsOrdered,
  ): Promise<{ appointments: Appointment[]; total: number }> {
    const requestsOf = (page: { appointments: Appointment[] }) => page.appointments.map(({ requestId }) => requestId);
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const span = spanOfDays(day, day);
      const [from, to] = [fromMinute(span.from), fromMinute(span.to)];
      const booked = await specialDayRepository.listBooked(tx, from > at ? from : at, to, await myRegion(tx, actor));
      const leads = [...new Set(booked.map(({ practitionerId }) => practitionerId as PractitionerId))];
      const orders = (await rosterRepository.listOrders(tx)).filter((order) => as === undefined || order.day !== day);
      const order: DayOrder[] =
        as === undefined || as === 'by_law'
          ? []
          : [
              {
                day,
                kind: as,
                worksAs: (as === 'working_day' ? worksAs : null) ?? null,
                name: { kk: '', ru: '', en: '' },
              },
            ];
      const calendar = createWorkCalendar([...orders, ...order]);
      const rosters = new Map(
        [...(await rosterRepository.loadRosters(tx, leads, day, day, span))].map(([id, roster]) => [
          id,
          toRead(id, roster, calendar),
        ]),
      );
      const without = booked.filter((row) => {
        const roster = rosters.get(row.practitionerId as PractitionerId);
        return roster === undefined || !hasSlot(roster, spanOf(row));
      });
      const ids = actor.role === 'coordinator' ? without.slice(0, SHOWN).map(({ id }) => id as AppointmentId) : [];
      return { appointments: await listAppointmentViews(tx, ids), total: without.length };
    });
  }

  /**
   * What is booked stays where it is, as `listBooked` says; the loads of everybody follow in the background. Throws
   * `special_day.changed` when somebody entered or took back an order since it was seen. The same again is harmless.
   */
  save(
    actor: Actor,
    day: CalendarDate,
    input: {
      kind: 'day_off' | 'working_day';
      name: LocalText;
      worksAs: number | null;
      source: string;
      seenAt: Instant | null;
    },
  ): Promise<SpecialDay> {
    return this.#runner.change(actor, async (unit) => {
      const worksAs = input.kind === 'working_day' ? input.worksAs : null;
      const order = {
        day,
        kind: input.kind,
        worksAs,
        nameKk: input.name.kk,
        nameRu: input.name.ru,
        nameEn: input.name.en,
        source: input.source,
      };
      const stored = await rosterRepository.findSpecialDay(unit.tx, day);
      if (stored === undefined || !isSameOrder(stored, order)) {
        if ((stored?.enteredAt ?? null) !== input.seenAt) throw new DomainError('special_day.changed');
        await rosterRepository.saveSpecialDay(unit.tx, { ...order, enteredAt: unit.at, enteredBy: actor.userId });
        await this.#follow(unit, day, 'save', input.kind);
      }
      const saved = (await listSpecialDays(unit.tx, day, day)).find((one) => one.isByOrder);
      if (saved === undefined) throw new DomainError('server.internal');
      return saved;
    });
  }

  /** The day is again what the law says; again is harmless. Throws `special_day.changed` when it is another order than was seen. */
  async delete(actor: Actor, day: CalendarDate, { seenAt }: { readonly seenAt: Instant }): Promise<void> {
    await this.#runner.change(actor, async (unit) => {
      const stored = await rosterRepository.findSpecialDay(unit.tx, day);
      if (stored !== undefined && stored.enteredAt !== seenAt) throw new DomainError('special_day.changed');
      if (await rosterRepository.deleteSpecialDay(unit.tx, day)) await this.#follow(unit, day, 'delete', null);
    });
  }

  async #follow(
    unit: Unit,
    day: CalendarDate,
    event: AuditActionOf<'special_day'>,
    kind: string | null,
  ): Promise<void> {
    await auditLog.append(unit.tx, {
      at: unit.at,
      actor: unit.actor,
      action: `special_day.${event}`,
      entityType: 'special_day',
      entityId: day,
      detail: { kind },
    });
    await dayLoadRepository.enqueue(unit.tx, await rosterRepository.listRostered(unit.tx, day), day, day);
    unit.outbox.push(['schedule:changed', { practitionerIds: [], stationIds: [], days: [day], appointmentIds: [] }]);
  }
}

/** Days that are not as other days, by law or by order. */
export async function listSpecialDays(tx: Tx, from: CalendarDate, to: CalendarDate): Promise<SpecialDay[]> {
  const calendar: WorkCalendar = await scheduleReader.readCalendar(tx);
  const orders = new Map((await rosterRepository.listSpecialDays(tx, from, to)).map((row) => [row.day, row]));
  return eachDay(from, to).flatMap((day): SpecialDay[] => {
    const kind = calendar.dayKind(day);
    if (kind.kind === 'ordinary') return [];
    const order = orders.get(day);
    return [
      {
        day,
        kind: kind.kind,
        name: kind.name,
        isMoved: kind.kind === 'day_off' && kind.isMoved,
        worksAs: kind.kind === 'working_day' ? kind.worksAs : null,
        isByOrder: order !== undefined,
        source: order?.source ?? '',
        enteredAt: (order?.enteredAt as Instant | undefined) ?? null,
        enteredByName: order?.enteredByName ?? null,
      },
    ];
  });
}

type Ordered = Omit<SpecialDayRow, 'enteredAt' | 'enteredBy'>;

function isSameOrder(stored: Ordered, order: Ordered): boolean {
  return (Object.keys(order) as (keyof Ordered)[]).every((name) => stored[name] === order[name]);
}
