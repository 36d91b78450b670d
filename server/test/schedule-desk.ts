import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type {
  AppointmentId,
  HoldId,
  OperationId,
  PatientId,
  PractitionerId,
  RequestId,
  RosterEntryId,
  ServiceCode,
  SpecialtyCode,
  StationId,
} from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import type { RosterTemplate } from '@jaqyn/shared/scheduling/roster';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { expect } from 'vitest';
import type { Actor } from '../src/kernel/actor.ts';
import { newId } from '../src/kernel/ids.ts';
import { serviceRequestTable } from '../src/modules/consultations/consultation.table.ts';
import { healthcareServiceRepository } from '../src/modules/scheduling/healthcare-service.repository.ts';
import { rosterRepository } from '../src/modules/scheduling/roster.repository.ts';
import { createTestServices } from './build-services.ts';
import { createPatient } from './factories.ts';
import { openRaw } from './raw-database.ts';
import { createWorld } from './world.ts';

export type ScheduleDesk = Awaited<ReturnType<typeof createScheduleDesk>>;

/** The day on which the test clock stands, a Monday, 09:00 in Kazakhstan. */
export const MONDAY = '2026-11-23' as CalendarDate;
export const TUESDAY = '2026-11-24' as CalendarDate;
export const WEDNESDAY = '2026-11-25' as CalendarDate;

/** The instant of `HH:MM` on a day in Kazakhstan. */
export function at(day: CalendarDate, time: string): Instant {
  const [hours = '', minutes = ''] = time.split(':');
  return fromMinute(minuteAt(day, Number(hours) * 60 + Number(minutes)));
}

export const operationId = () => newId<OperationId>();
export const newAppointmentId = () => newId<AppointmentId>();
export const newHoldId = () => newId<HoldId>();
export const newRosterEntryId = () => newId<RosterEntryId>();

/** What a refusal is compared with: its code, and the code of its one field where that matters. */
export const refusal = (code: string, field?: string) =>
  expect.objectContaining({ code, ...(field !== undefined && { fields: [expect.objectContaining({ code: field })] }) });

/** An appointment of the other station's patient, so that many may be booked at one time. */
export async function bookOther(desk: ScheduleDesk, day: CalendarDate, time: string) {
  const { otherStation: stationId } = desk.world;
  return desk.book(day, time, { request: { stationId, patientId: await createPatient(desk.store, stationId) } });
}

export function healthcareService(
  changes: Omit<Partial<HealthcareService>, 'code'> & { code: string; specialty: SpecialtyCode },
): HealthcareService {
  return {
    name: { kk: changes.code, ru: changes.code, en: changes.code },
    mode: 'video',
    slotMinutes: 20,
    bufferMinutes: 0,
    stationMayBook: true,
    overbookLanes: 0,
    requiredEquipment: [],
    retiredFrom: null,
    ...changes,
    code: changes.code as ServiceCode,
  };
}

/** Weekdays 09:00 to 13:00, twenty minutes each, from the first of the month on. */
export function weekly(
  practitionerId: PractitionerId,
  service: string,
  changes: Partial<RosterTemplate> = {},
): RosterTemplate {
  return {
    id: newId<RosterEntryId>(),
    practitionerId,
    service: service as ServiceCode,
    mode: 'video',
    weekdays: [1, 2, 3, 4, 5],
    startMinute: 9 * 60,
    endMinute: 13 * 60,
    slotMinutes: 20,
    bufferMinutes: 0,
    worksOnHolidays: false,
    rank: null,
    validFrom: '2026-11-01' as CalendarDate,
    validTo: null,
    ...changes,
  };
}

/**
 * The services with a populated world and rosters: `cardio` and `cardioTwin` work weekdays 09:00 to 13:00 in slots of twenty
 * minutes that stations may book, `neuro` in slots that they may only ask for.
 */
export async function createScheduleDesk(options: Parameters<typeof createTestServices>[0] = {}) {
  const services = await createTestServices(options);
  const { store } = services;
  const world = await createWorld(store);
  const raw = openRaw(store);
  const by = { at: '2026-11-01T00:00:00.000Z' as Instant, userId: world.coordinator.actor.userId };

  async function addTemplate(template: RosterTemplate): Promise<RosterTemplate> {
    await store.transaction((tx) => rosterRepository.insertTemplate(tx, template, by));
    return template;
  }
  async function addService(changes: Parameters<typeof healthcareService>[0]): Promise<void> {
    await store.transaction((tx) => healthcareServiceRepository.save(tx, healthcareService(changes)));
  }
  await addService({ code: 'cardiology-video', specialty: world.cardiology, overbookLanes: 1 });
  await addService({ code: 'cardiology-async', specialty: world.cardiology, mode: 'async', slotMinutes: 5 });
  await addService({ code: 'neurology-video', specialty: world.neurology, stationMayBook: false });
  const template = await addTemplate(weekly(world.cardio.practitionerId, 'cardiology-video'));
  await addTemplate(weekly(world.cardioTwin.practitionerId, 'cardiology-video'));
  await addTemplate(weekly(world.neuro.practitionerId, 'neurology-video'));

  let requests = 0;
  /** A request that waits to be booked. */
  async function request(
    changes: {
      patientId?: PatientId | null;
      stationId?: StationId;
      specialty?: SpecialtyCode;
      urgency?: 'routine' | 'urgent' | 'asap' | 'stat';
      status?: ConsultationState;
      createdAt?: string;
    } = {},
  ): Promise<RequestId> {
    requests += 1;
    const number = `2026-${String(900_000 + requests)}`;
    const id = newId<RequestId>();
    const { urgency = 'routine', createdAt = '2026-11-20T05:00:00.000Z' } = changes;
    await store.transaction(async (tx) => {
      await tx.insert(serviceRequestTable).values({
        id,
        number,
        status: changes.status ?? 'accepted',
        version: 1,
        urgency,
        urgencyRank: 0,
        specialty: changes.specialty ?? world.cardiology,
        reason: 'Жүрегі шаншиды',
        patientId: changes.patientId === undefined ? world.patient : changes.patientId,
        stationId: changes.stationId ?? world.station,
        requestedBy: world.feldsher.actor.userId,
        createdAt,
        statusChangedAt: createdAt,
      });
    });
    return id;
  }

  /** Where to put something: with `cardio` unless said otherwise. */
  function slot(day: CalendarDate, time: string, who: PractitionerId = world.cardio.practitionerId) {
    return {
      practitionerId: who,
      startsAt: at(day, time),
      alsoPractitionerIds: [] as PractitionerId[],
      holdId: null as HoldId | null,
      mayOverbook: false,
    };
  }

  /** Books a new request and answers the appointment. */
  async function book(
    day: CalendarDate,
    time: string,
    options: {
      by?: Actor;
      who?: PractitionerId;
      request?: Parameters<typeof request>[0];
      requestId?: RequestId;
      mayOverbook?: boolean;
      also?: PractitionerId[];
    } = {},
  ) {
    const requestId = options.requestId ?? (await request(options.request));
    const { appointments, receipt } = await services.bookings.bookSlot(options.by ?? world.coordinator.actor, {
      operationId: operationId(),
      id: newAppointmentId(),
      requestId,
      ...slot(day, time, options.who),
      mayOverbook: options.mayOverbook ?? false,
      alsoPractitionerIds: options.also ?? [],
      note: '',
    });
    const [appointment] = appointments;
    if (appointment === undefined) throw new Error('nothing was booked');
    return { ...appointment, operationId: receipt.operationId };
  }

  return {
    ...services,
    world,
    raw,
    template,
    coordinator: world.coordinator.actor,
    feldsher: world.feldsher.actor,
    otherFeldsher: world.otherFeldsher.actor,
    cardio: world.cardio.actor,
    admin: world.admin.actor,
    addTemplate,
    addService,
    request,
    slot,
    book,
    statusOf: (id: RequestId) =>
      raw.prepare('select status from service_request where id = ?').pluck().get(id) as ConsultationState,
    /** Rows of a query past the store. */
    rows: <Row>(sql: string, ...values: unknown[]) => raw.prepare(sql).all(...values) as Row[],
    claims: () =>
      raw
        .prepare(
          'select kind, resource_id as resourceId, lane, starts_at as startsAt, holder_id as holderId from slot_claim order by id',
        )
        .all() as { kind: string; resourceId: string; lane: number; startsAt: string; holderId: string }[],
  };
}
