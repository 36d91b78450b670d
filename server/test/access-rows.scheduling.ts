import type { Role } from '@jaqyn/shared/auth/auth.contract';
import { newId } from '../src/kernel/ids.ts';
import type { Ids, Person, Row } from './access-row.ts';
import type { World } from './world.ts';

const station: Person = 'feldsher of the station';
/** Whose appointment the scene's is. */
const lead: Person = 'the specialist';

const CLINICAL = ['feldsher', 'specialist', 'coordinator'] as const satisfies Role[];
const PLACING = ['feldsher', 'coordinator'] as const satisfies Role[];
const KEEPERS = ['coordinator', 'admin'] as const satisfies Role[];

const DAY = '2026-11-24';
const SLOT = '2026-11-24T04:00:00.000Z';
const days = () => ({ from: DAY, to: DAY });
const slotOf = ({ cardio }: World) => ({ practitionerId: cardio.practitionerId, startsAt: SLOT });
const operation = () => ({ operationId: newId() });
const onVersion = () => ({ ...operation(), version: 1 });

const seenBy = (...people: Person[]) => ({ seenBy: () => people });
const placing = { access: PLACING, ...seenBy(station, 'coordinator') };
const byCoordinator = { access: ['coordinator'], ...seenBy('coordinator') } as const;
const atStation = { access: ['feldsher'], ...seenBy(station) } as const;

const template = {
  service: 'cardiology-video',
  mode: 'video',
  weekdays: [1],
  startMinute: 540,
  endMinute: 600,
  slotMinutes: 20,
  bufferMinutes: 0,
  worksOnHolidays: false,
  rank: null,
  validFrom: '2026-12-01',
  validTo: null,
};
const closure = { startsAt: SLOT, endsAt: '2026-11-24T05:00:00.000Z', reason: 'sick' };
const service = {
  specialty: 'cardiology',
  name: { kk: 'а', ru: 'а', en: 'a' },
  mode: 'video',
  slotMinutes: 20,
  bufferMinutes: 0,
  stationMayBook: true,
  overbookLanes: 0,
  requiredEquipment: [],
  retiredFrom: null,
};

/** Every route of scheduling with who may use it and who may know that what it is about is there. */
export const SCHEDULING_ROWS: Readonly<Record<string, Row>> = {
  'PUT /api/slot-holds/:holdId': { access: PLACING, payload: slotOf, isAboutNobody: true },
  'DELETE /api/slot-holds/:holdId': { access: PLACING, isAboutNobody: true },
  'POST /api/appointments/check': {
    ...placing,
    payload: (world, { requestId }) => ({ requestId, ...slotOf(world) }),
  },
  'POST /api/appointments': {
    ...placing,
    payload: (world, { requestId }) => ({ ...operation(), id: newId(), requestId, ...slotOf(world) }),
  },
  'GET /api/appointments/:appointmentId': { access: CLINICAL, ...seenBy(station, lead, 'coordinator') },
  'GET /api/patients/:patientId/appointments': {
    access: CLINICAL,
    isList: true,
    ...seenBy(station, lead, 'coordinator'),
  },
  'POST /api/appointments/:appointmentId/move': {
    ...placing,
    payload: (world) => ({ ...onVersion(), ...slotOf(world) }),
  },
  'POST /api/appointments/:appointmentId/cancel': {
    ...placing,
    payload: () => ({ ...onVersion(), reason: 'patient_asked' }),
  },
  'POST /api/appointments/:appointmentId/confirm': { ...byCoordinator, payload: onVersion },
  'POST /api/appointments/:appointmentId/arrive': { ...atStation, payload: onVersion },
  'POST /api/appointments/:appointmentId/check-in': { ...atStation, payload: onVersion },
  'POST /api/appointments/:appointmentId/start': {
    access: ['feldsher', 'specialist'],
    payload: onVersion,
    ...seenBy(station, lead),
  },
  'POST /api/appointments/:appointmentId/no-show': {
    access: CLINICAL,
    payload: () => ({ ...onVersion(), cause: 'patient' }),
    ...seenBy(station, lead, 'coordinator'),
  },
  'POST /api/appointments/:appointmentId/rebook': {
    ...placing,
    payload: (world) => ({ ...onVersion(), id: newId(), ...slotOf(world) }),
  },
  'POST /api/appointments/series/plan': {
    ...placing,
    payload: (world, { requestId }) => ({ requestId, ...slotOf(world), everyWeeks: 1, count: 2 }),
  },
  'POST /api/appointments/series': {
    ...placing,
    payload: ({ cardio }, { requestId }) => ({
      ...operation(),
      seriesId: newId(),
      requestId,
      practitionerId: cardio.practitionerId,
      items: [
        { id: newId(), requestId, startsAt: SLOT },
        { id: newId(), requestId: newId(), startsAt: '2026-12-01T04:00:00.000Z' },
      ],
    }),
  },
  // Only one's own can be taken back; anybody else's answers as one there never was.
  'POST /api/schedule-operations/:operationId/undo': { access: CLINICAL, isAboutNobody: true },

  'GET /api/unplaced-requests': { access: PLACING },
  'GET /api/waitlist': { access: PLACING },
  'POST /api/waitlist': {
    ...placing,
    payload: (_world, { requestId }) => ({
      ...operation(),
      id: newId(),
      requestId,
      mode: 'video',
      wishes: { language: null, partOfDay: 'any', preferredPractitionerId: null, avoidWeekdays: [] },
    }),
  },
  'GET /api/waitlist/fits': { access: ['coordinator'], query: slotOf },
  'POST /api/waitlist/:appointmentId/offer': {
    ...byCoordinator,
    payload: (world) => ({ ...onVersion(), ...slotOf(world) }),
  },
  'POST /api/appointments/:appointmentId/accept': { ...placing, payload: onVersion },
  'POST /api/appointments/:appointmentId/decline': { ...placing, payload: onVersion },
  'POST /api/appointments/:appointmentId/put-back': { ...byCoordinator, payload: onVersion },

  'GET /api/board': { access: ['specialist', 'coordinator'], query: () => ({ from: DAY }) },
  'GET /api/slots': {
    access: CLINICAL,
    query: ({ cardio }) => ({ practitionerId: cardio.practitionerId, ...days() }),
  },
  'GET /api/earliest': {
    ...placing,
    query: ({ cardiology }, { requestId }) => ({ specialty: cardiology, requestId }),
  },
  'GET /api/day-list': {
    access: CLINICAL,
    query: (_world, { stationId }) => ({ day: DAY, stationId }),
  },
  'GET /api/day-end': { access: ['coordinator'], query: () => ({ day: DAY }) },
  'GET /api/day-end/:list': {
    access: ['coordinator'],
    params: { list: 'overdue' },
    query: () => ({ day: DAY }),
    isAboutNobody: true,
  },
  'GET /api/day-end.xlsx': { access: ['coordinator'], query: () => ({ day: DAY, list: 'overdue' }) },
  'GET /api/day-end.csv': { access: ['coordinator'], query: () => ({ day: DAY, list: 'overdue' }) },

  'GET /api/rosters/:practitionerId': {
    access: ['coordinator', 'admin', 'specialist'],
    query: days,
    ...seenBy('coordinator', 'admin', lead),
  },
  'POST /api/rosters/:practitionerId/templates/preview': { ...byCoordinator, payload: () => ({ template }) },
  'POST /api/rosters/:practitionerId/templates': {
    ...byCoordinator,
    payload: () => ({ ...operation(), id: newId(), template, seenValidTo: null }),
  },
  'POST /api/rosters/:practitionerId/templates/:templateId/end': {
    ...byCoordinator,
    payload: () => ({ ...operation(), lastDay: DAY, seenValidTo: null }),
  },
  'POST /api/rosters/:practitionerId/templates/:templateId/end/preview': {
    ...byCoordinator,
    payload: () => ({ lastDay: DAY }),
  },
  'POST /api/rosters/:practitionerId/closures/preview': { ...byCoordinator, payload: () => closure },
  'POST /api/rosters/:practitionerId/closures': {
    ...byCoordinator,
    payload: () => ({ ...operation(), id: newId(), ...closure }),
  },
  'POST /api/rosters/:practitionerId/extras': {
    ...byCoordinator,
    payload: () => ({
      ...operation(),
      id: newId(),
      service: 'cardiology-video',
      mode: 'video',
      startsAt: '2026-11-24T12:00:00.000Z',
      endsAt: '2026-11-24T13:00:00.000Z',
      slotMinutes: 20,
      bufferMinutes: 0,
      rank: null,
    }),
  },
  'POST /api/rosters/:practitionerId/exceptions/:exceptionId/withdraw': { ...byCoordinator, payload: operation },
  'POST /api/rosters/:practitionerId/exceptions/:exceptionId/withdraw/preview': byCoordinator,
  'POST /api/roster-imports/preview': { access: ['coordinator'], payload: () => ({ csv: 'login' }) },
  'POST /api/roster-imports': {
    access: ['coordinator'],
    payload: () => ({ ...operation(), csv: 'login', sha256: '0'.repeat(64) }),
  },

  'GET /api/healthcare-services': { access: 'signed_in' },
  'PUT /api/healthcare-services/:code': {
    access: KEEPERS,
    params: { code: 'cardiology-plan' },
    payload: () => ({ ...service, seen: null }),
    isAboutNobody: true,
  },
  'GET /api/special-days': { access: 'signed_in', query: days },
  'PUT /api/special-days/:day': {
    access: KEEPERS,
    params: { day: DAY },
    payload: () => ({ kind: 'day_off', name: service.name, worksAs: null, source: '№ 1', seenAt: null }),
    isAboutNobody: true,
  },
  'GET /api/special-days/:day/booked': { access: KEEPERS, params: { day: DAY }, isAboutNobody: true },
  'DELETE /api/special-days/:day': {
    access: KEEPERS,
    params: { day: DAY },
    query: () => ({ seenAt: '2026-11-23T03:00:00.000Z' }),
    isAboutNobody: true,
  },
  'GET /api/regions': { access: 'signed_in' },
  'GET /api/stations/:stationId/kit': {
    access: 'signed_in',
    ...seenBy(
      station,
      lead,
      'specialist it rings at',
      'specialist it rang at',
      'specialist of the specialty',
      'specialist of another',
      'coordinator',
      'admin',
      'analyst',
    ),
  },
  'PUT /api/stations/:stationId/kit': {
    access: KEEPERS,
    payload: () => ({ cameras: 1, equipment: [], seen: { cameras: 1, equipment: [] } }),
    ...seenBy('coordinator', 'admin'),
  },
  'PUT /api/practitioners/:practitionerId/languages': {
    access: ['coordinator', 'specialist'],
    payload: () => ({ languages: ['kk'], seen: [] }),
    ...seenBy('coordinator', lead),
  },

  'GET /api/practitioners/:practitionerId/calendar-feeds': {
    access: ['specialist', 'coordinator'],
    ...seenBy(lead, 'coordinator'),
  },
  'POST /api/practitioners/:practitionerId/calendar-feeds': {
    access: ['specialist', 'coordinator'],
    payload: () => ({ id: newId(), label: 'Телефон' }),
    ...seenBy(lead, 'coordinator'),
  },
  'DELETE /api/practitioners/:practitionerId/calendar-feeds/:feedId': {
    access: ['specialist', 'coordinator'],
    ...seenBy(lead, 'coordinator'),
  },
  'GET /api/notices': { access: 'signed_in' },
  'POST /api/notices/read': { access: 'signed_in', payload: () => ({ ids: [] }) },
  'GET /api/notice-contacts': { access: 'signed_in' },
  'PUT /api/notice-contacts': {
    access: 'signed_in',
    payload: () => ({ email: '', phone: '', seen: { email: '', phone: '' } }),
  },
  'GET /api/notice-deliveries': { access: KEEPERS },
  'POST /api/notice-deliveries/:deliveryId/retry': { access: KEEPERS, isAboutNobody: true },
  'GET /api/notice-rules': { access: KEEPERS },
  'PUT /api/notice-rules/:kind/:effectiveFrom': {
    access: KEEPERS,
    payload: () => ({ minutes: [30], seen: [30, 1440] }),
    params: { kind: 'reminder', effectiveFrom: '2999-01-01' },
    isAboutNobody: true,
  },
  // By its secret alone.
  'GET /api/calendar/:token.ics': { access: 'public', isAboutNobody: true },
};

/** A booked appointment of a request with `cardio`, past the rules that would refuse it beside the others. */
export function insertAppointment(
  raw: { prepare(sql: string): { run(...values: unknown[]): unknown } },
  world: World,
  ids: Pick<Ids, 'requestId' | 'patientId' | 'stationId'>,
  at: string,
): string {
  const id = newId<string>();
  raw
    .prepare(
      `insert or ignore into healthcare_service (code, specialty, name_kk, name_ru, name_en, mode, slot_minutes,
         buffer_minutes, station_may_book, overbook_lanes, required_equipment)
       values ('cardiology-video', ?, 'а', 'а', 'a', 'video', 20, 0, 1, 0, '[]')`,
    )
    .run(world.cardiology);
  raw
    .prepare(
      `insert into appointment (id, request_id, status, version, specialty, mode, service, patient_id, station_id, urgency,
         treat_by, starts_at, ends_at, practitioner_id, lane, note, created_at, created_by, status_changed_at)
       values (?, ?, 'booked', 1, ?, 'video', 'cardiology-video', ?, ?, 'stat', ?, ?, ?, ?, 0, '', ?, ?, ?)`,
    )
    .run(
      id,
      ids.requestId,
      world.cardiology,
      ids.patientId,
      ids.stationId,
      at,
      SLOT,
      '2026-11-24T04:20:00.000Z',
      world.cardio.practitionerId,
      at,
      world.coordinator.actor.userId,
      at,
    );
  return id;
}
