import type { Database } from 'better-sqlite3';
import { newId } from '../../../server/src/kernel/ids.ts';
import type {
  PatientId,
  PractitionerId,
  ServiceCode,
  SpecialtyCode,
  StationId,
  UserId,
} from '../../../shared/src/kernel/ids.ts';
import type { CalendarDate, Instant } from '../../../shared/src/kernel/time.ts';
import { sessionsOfDay, slotsOf } from '../../../shared/src/scheduling/expand.ts';
import { createWorkCalendar } from '../../../shared/src/scheduling/holidays.ts';
import { addDays, eachDay, fromMinute, minuteAt, type Span } from '../../../shared/src/scheduling/local-day.ts';
import type { Closure, Roster, RosterTemplate } from '../../../shared/src/scheduling/roster.ts';
import { Random } from '../../seed/random.ts';
import { LONG_AGO, Rows } from './rows.ts';

export interface Scale {
  readonly stations: number;
  readonly specialists: number;
  /** Days of bookings ahead of today. */
  readonly days: number;
}

export const COUNTRY: Scale = { stations: 655, specialists: 2000, days: 365 };

/** A Monday, 09:00 in Kazakhstan: nothing measured depends on the day it is measured on. */
export const NOW = '2026-11-23T04:00:00.000Z' as Instant;
export const TODAY = '2026-11-23' as CalendarDate;

const PATIENTS_PER_STATION = 60;
const PAST_DAYS = 28;
const STEP = 20;

/** Shares of the specialists: a busy specialty of the country has three hundred. */
const SPECIALTIES: readonly (readonly [code: string, share: number])[] = [
  ['cardiology', 15],
  ['neurology', 12],
  ['therapy', 10],
  ['endocrinology', 9],
  ['paediatrics', 9],
  ['surgery', 7],
  ['obstetrics', 7],
  ['dermatology', 6],
  ['traumatology', 5],
  ['pulmonology', 5],
  ['psychiatry', 4],
  ['ophthalmology', 3],
  ['otolaryngology', 3],
  ['gastroenterology', 2],
  ['nephrology', 1],
  ['haematology', 1],
  ['rheumatology', 1],
];

/** Which part of a day's slots is booked so many days ahead: full soon, thinning out. */
function utilisation(daysAhead: number): number {
  if (daysAhead < 0) return 0.65;
  if (daysAhead < 7) return 0.8;
  if (daysAhead < 14) return 0.65;
  if (daysAhead < 28) return 0.35;
  if (daysAhead < 60) return 0.12;
  if (daysAhead < 120) return 0.04;
  return 0.01;
}

interface Station {
  readonly id: StationId;
  readonly feldsher: UserId;
  readonly cameras: number;
  readonly patients: readonly PatientId[];
  /** Cameras in use by step of the day grid. */
  readonly inUse: Uint8Array;
}

interface Specialist {
  readonly id: PractitionerId;
  readonly specialty: SpecialtyCode;
  readonly roster: Roster;
}

/** Writes a country's schedule: places, people, rosters and bookings. Answers how many appointments there are. */
export function buildScaleWorld(database: Database, scale: Scale, seed: number): number {
  const rows = new Rows(database);
  const random = new Random(`schedule-scale ${seed}`);
  database.pragma('synchronous = OFF');
  database.exec('BEGIN');
  const regions = database.prepare<[], string>('SELECT code FROM region ORDER BY position').pluck().all();
  const coordinator = rows.user('coordinator', 'coordinator-country');
  for (const region of regions) {
    const user = rows.user('coordinator', `coordinator-${region}`);
    rows.insert('coordinator_region', { user_id: user, region });
  }
  const cells = ((PAST_DAYS + scale.days + 2) * 1440) / STEP;
  const stations = createStations(rows, random, scale.stations, regions, cells);
  const specialists = createSpecialists(rows, random, scale, regions, coordinator);
  const first = addDays(TODAY, -PAST_DAYS);
  const base = minuteAt(first, 0);
  const calendar = createWorkCalendar([]);
  let appointments = 0;
  for (const { id, specialty, roster } of specialists) {
    for (const [index, day] of eachDay(first, addDays(TODAY, scale.days)).entries()) {
      const share = utilisation(index - PAST_DAYS);
      for (const session of sessionsOfDay(roster, day, calendar)) {
        if (session.mode === 'on_call') continue;
        for (const slot of slotsOf(session)) {
          if (!random.chance(share)) continue;
          const cell = Math.floor((slot.from - base) / STEP);
          const seat = findSeat(random, stations, cell);
          if (seat === undefined) continue;
          if (session.mode === 'video') seat.station.inUse[cell] = seat.lane + 1;
          // Whoever is at another camera of the same station at that time is another patient.
          const patient = seat.station.patients[(cell * 4 + seat.lane) % seat.station.patients.length] as PatientId;
          const where = { id, specialty, service: session.service, mode: session.mode };
          book(rows, { ...where, slot, station: seat.station, patient, lane: seat.lane, isPast: index < PAST_DAYS });
          appointments += 1;
        }
      }
    }
  }
  database.exec('COMMIT');
  return appointments;
}

function createStations(
  rows: Rows,
  random: Random,
  count: number,
  regions: readonly string[],
  cells: number,
): Station[] {
  const stations: Station[] = [];
  for (let n = 0; n < count; n += 1) {
    // A district hospital looks after about seven stations.
    const name = `Ауыл ${n}`;
    const organizationId = rows.organization(`Аудандық аурухана ${n}`, regions[n % regions.length] ?? null);
    const cameras = random.pick([1, 1, 1, 2, 2, 3]);
    const equipment = ['ecg', 'spirometer', 'ultrasound'].filter(() => random.chance(0.6));
    const id = rows.station(organizationId, name, { cameras, equipment });
    const feldsher = rows.user('feldsher', `feldsher-${n}`, { stationId: id });
    const patients = Array.from({ length: PATIENTS_PER_STATION }, (_, k) => rows.patient(id, `Жақсыбекова ${n}-${k}`));
    stations.push({ id, feldsher, cameras, patients, inUse: new Uint8Array(cells) });
  }
  return stations;
}

function createSpecialists(
  rows: Rows,
  random: Random,
  scale: Scale,
  regions: readonly string[],
  createdBy: UserId,
): Specialist[] {
  const hospitals = regions.flatMap((region) => [
    rows.organization(`Облыстық аурухана ${region}`, region),
    rows.organization(`Қалалық емхана ${region}`, region),
  ]);
  const national = rows.organization('Ғылыми орталық', null);
  const specialties = SPECIALTIES.map(([code]) => {
    const specialty = rows.specialty(code);
    const equipment = code === 'cardiology' ? ['ecg'] : code === 'pulmonology' ? ['spirometer'] : [];
    rows.service(specialty, 'video', { slotMinutes: STEP, stationMayBook: true, equipment });
    rows.service(specialty, 'async', { slotMinutes: 10, stationMayBook: true });
    return specialty;
  });
  const shares = SPECIALTIES.flatMap(([, share], index) => Array.from({ length: share }, () => specialties[index]));
  return Array.from({ length: scale.specialists }, (_, n) => {
    const specialty = shares[n % shares.length] as SpecialtyCode;
    const organization = random.chance(0.05) ? national : random.pick(hospitals);
    const id = rows.practitioner(specialty, organization, `Дәрігер ${n} Ахметов`);
    rows.user('specialist', `specialist-${n}`, { practitionerId: id });
    for (const language of ['kk', 'ru', 'en'] as const) {
      if (random.chance(language === 'en' ? 0.2 : 0.8)) {
        rows.insert('practitioner_language', { practitioner_id: id, language });
      }
    }
    return { id, specialty, roster: createRoster(rows, random, { id, specialty, createdBy }) };
  });
}

/** Three hours of video and half an hour of cases a day, a leave of two or three weeks in the year, some hours off. */
function createRoster(
  rows: Rows,
  random: Random,
  who: { id: PractitionerId; specialty: SpecialtyCode; createdBy: UserId },
): Roster {
  const start = random.int(9, 15) * 60;
  const weekdays = random.chance(0.15) ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5];
  const windows = [
    { mode: 'video' as const, startMinute: start, endMinute: start + 180, slotMinutes: STEP },
    { mode: 'async' as const, startMinute: start + 180, endMinute: start + 210, slotMinutes: 10 },
  ];
  const templates = windows.map((window): RosterTemplate => {
    const service = `${who.specialty}-${window.mode}` as ServiceCode;
    const template = {
      ...window,
      practitionerId: who.id,
      service,
      weekdays,
      bufferMinutes: 0,
      worksOnHolidays: false,
      rank: null,
      validFrom: '2026-01-05' as CalendarDate,
      validTo: null,
    };
    const id = rows.template({ ...template, createdBy: who.createdBy }) as RosterTemplate['id'];
    return { ...template, id };
  });
  if (random.chance(0.1)) {
    const rest = { weekdays: [1, 3, 5], startMinute: 1080, endMinute: 1920, slotMinutes: 0, worksOnHolidays: true };
    const service = `${who.specialty}-video` as ServiceCode;
    const duty = { ...rest, practitionerId: who.id, service, mode: 'on_call' as const };
    rows.template({ ...duty, validFrom: '2026-01-05' as CalendarDate, createdBy: who.createdBy });
  }
  const closures: Closure[] = [];
  const away = (reason: string, from: number, to: number): void => {
    const id = newId<string>();
    closures.push({ id, reason, from, to } as Closure);
    rows.insert('roster_exception', {
      id,
      practitioner_id: who.id,
      kind: 'closure',
      starts_at: fromMinute(from),
      ends_at: fromMinute(to),
      reason,
      note: '',
      created_at: LONG_AGO,
      created_by: who.createdBy,
    });
  };
  const leave = addDays(TODAY, random.int(-20, 340));
  away('leave', minuteAt(leave, 0), minuteAt(addDays(leave, random.int(10, 24)), 0));
  for (let n = 0; n < 4; n += 1) {
    const day = addDays(TODAY, random.int(0, 360));
    away('other', minuteAt(day, start), minuteAt(day, start + 60));
  }
  return { templates, closures, extras: [] };
}

/** A station with a free camera in that step; undefined when a few tries found none. */
function findSeat(
  random: Random,
  stations: readonly Station[],
  cell: number,
): { station: Station; lane: number } | undefined {
  for (let tries = 0; tries < 8; tries += 1) {
    const station = random.pick(stations);
    const lane = station.inUse[cell] ?? 0;
    if (lane < station.cameras) return { station, lane };
  }
  return undefined;
}

function book(
  rows: Rows,
  what: {
    id: PractitionerId;
    specialty: SpecialtyCode;
    service: ServiceCode;
    mode: 'video' | 'async';
    slot: Span;
    station: Station;
    patient: PatientId;
    lane: number;
    isPast: boolean;
  },
): void {
  const { station, patient, slot } = what;
  const startsAt = fromMinute(slot.from);
  const endsAt = fromMinute(slot.to);
  const requestId = rows.request({
    status: what.isPast ? 'delivered' : 'booked',
    specialty: what.specialty,
    patientId: patient,
    stationId: station.id,
    requestedBy: station.feldsher,
    practitionerId: what.id,
    createdAt: fromMinute(slot.from - 14 * 1440),
  });
  const appointmentId = newId<string>();
  rows.insert('appointment', {
    id: appointmentId,
    request_id: requestId,
    status: what.isPast ? 'fulfilled' : 'booked',
    version: 2,
    specialty: what.specialty,
    mode: what.mode,
    service: what.service,
    patient_id: patient,
    station_id: station.id,
    urgency: 'routine',
    treat_by: endsAt,
    starts_at: startsAt,
    ends_at: endsAt,
    practitioner_id: what.id,
    lane: 0,
    note: '',
    created_at: LONG_AGO,
    created_by: station.feldsher,
    status_changed_at: LONG_AGO,
  });
  const claim = (kind: string, resourceId: string, lane: number): void =>
    rows.insert('slot_claim', {
      kind,
      resource_id: resourceId,
      lane,
      starts_at: startsAt,
      ends_at: endsAt,
      holder_kind: 'appointment',
      holder_id: appointmentId,
    });
  claim('practitioner', what.id, 0);
  if (what.mode === 'async') return;
  claim('patient', patient, 0);
  claim('station', station.id, what.lane);
}
