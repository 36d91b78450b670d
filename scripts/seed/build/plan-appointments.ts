import type { Urgency } from '../../../shared/src/consultations/consultation.contract.ts';
import type { PractitionerId, RosterEntryId } from '../../../shared/src/kernel/ids.ts';
import { type CalendarDate, localDate } from '../../../shared/src/kernel/time.ts';
import { sessionsOfDay, slotsOf } from '../../../shared/src/scheduling/expand.ts';
import { createWorkCalendar } from '../../../shared/src/scheduling/holidays.ts';
import { type Span, toMinute, weekdayOf } from '../../../shared/src/scheduling/local-day.ts';
import type { BookableMode } from '../../../shared/src/scheduling/roster.ts';
import type { CaseTemplate } from '../content/case-template.ts';
import { CASES } from '../content/cases.ts';
import type { Specialty } from '../content/specialties.ts';
import { addDays, DAY_MS, localTime, MINUTE_MS } from '../demo-id.ts';
import { Random } from '../random.ts';
import { Calendar } from './calendar.ts';
import { fits } from './illness.ts';
import type { PatientPlan } from './patient-plan.ts';
import type { ConsultationPlan } from './plan-consultations.ts';
import type { SpecialistPlan, Staff, UserPlan } from './staff.ts';
import { firstSlotToCome, type PlannedRosters } from './weekly-roster.ts';

/** What becomes of a request that scheduling takes on, as far as the time of seeding lets it come. */
export type AppointmentFate =
  | { readonly kind: 'held'; readonly goesTo: 'unsigned' | 'signed' | 'delivered' | 'closed' }
  /** Booked; at the station already, or ready for the call, when it begins soon. */
  | { readonly kind: 'booked'; readonly until: 'booked' | 'arrived' | 'checked-in' }
  | { readonly kind: 'missed'; readonly cause: 'patient' | 'specialist' | 'network' | 'station' }
  | { readonly kind: 'cancelled'; readonly reason: 'patient_asked' | 'patient_unwell' | 'no_link' | 'station_cannot' }
  | { readonly kind: 'waits' }
  | { readonly kind: 'offered' }
  | { readonly kind: 'asked' };

export interface AppointmentPlan {
  /** Names it and everything that belongs to it. */
  readonly key: string;
  readonly specialty: Specialty;
  readonly template: CaseTemplate;
  readonly urgency: Urgency;
  readonly patient: PatientPlan;
  readonly requester: UserPlan;
  readonly createdAt: Date;
  /** None: it only waits. */
  readonly slot: { readonly startsAt: Date; readonly endsAt: Date; readonly specialist: SpecialistPlan } | undefined;
  readonly mode: BookableMode;
  readonly fate: AppointmentFate;
}

interface World {
  readonly patients: readonly PatientPlan[];
  readonly staff: Staff;
  readonly rosters: PlannedRosters;
  /** Calls that rang without an appointment: nobody is booked into them. */
  readonly calls: readonly ConsultationPlan[];
  readonly today: CalendarDate;
  readonly now: Date;
}

interface Place {
  readonly slot: Span;
  readonly mode: BookableMode;
  readonly specialist: SpecialistPlan;
  readonly entry: RosterEntryId;
}

/** Nobody is in two places within so many minutes. */
const MARGIN_MS = 8 * MINUTE_MS;
/** A patient is not booked twice within so many days. */
const REST_MS = 2 * DAY_MS;
/** How full the current week gets, at most and at least, by turns; the next one has gaps for whoever tries to book. */
const FULLNESS = [0.62, 0.78, 0.54, 0.86, 0.7] as const;
const NEXT_WEEK = 0.55;
/** How urgent each waiter is, and how many hours ago they were asked for. */
const WAITS: readonly (readonly [Urgency, number])[] = [
  ['urgent', 20],
  ['routine', 60],
  ['asap', 5],
  ['asap', 30],
  ['urgent', 80],
  ['urgent', 55],
  ['routine', 320],
  ['routine', 410],
  ['urgent', 8],
  ['routine', 150],
  ['asap', 13],
  ['routine', 96],
  ['urgent', 100],
  ['routine', 30],
  ['routine', 210],
];
const HOME = 'aksu';

export function planAppointments(world: World): AppointmentPlan[] {
  const planner = new AppointmentPlanner(world);
  // Those that have to be there first, then the rest around them.
  planner.planMemorable();
  planner.planWeeks();
  planner.planWaiters();
  return planner.plans;
}

class AppointmentPlanner {
  readonly plans: AppointmentPlan[] = [];
  readonly #world: World;
  readonly #random: Random;
  readonly #calendar = new Calendar();
  readonly #told = new Set<string>();
  readonly #taken = new Set<string>();
  readonly #monday: CalendarDate;

  constructor(world: World) {
    this.#world = world;
    this.#random = new Random(`appointments of ${world.today}`);
    this.#monday = addDays(world.today, 1 - weekdayOf(world.today));
    for (const { patient, requester, onCall, timing, template } of world.calls) {
      const until = new Date(timing.busyUntil.getTime() + MINUTE_MS);
      for (const { practitioner } of onCall) this.#calendar.book(practitioner.id, timing.createdAt, until);
      this.#calendar.book(requester.stationId ?? '', timing.createdAt, until);
      this.#calendar.book(patient.row.id, timing.createdAt, until);
      this.#told.add(`${patient.row.id} ${template.key}`);
    }
  }

  /** What the memorable accounts find today: the station has one soon and one later, the cardiologist those and others. */
  planMemorable(): void {
    const soon = firstSlotToCome(this.#world.now);
    const cardio = this.#placesOf('cardio', localDate(new Date(soon * MINUTE_MS))).filter(
      ({ slot }) => slot.from >= soon,
    );
    const at = (index: number) => cardio[Math.min(index, cardio.length - 1)];
    this.#put(at(0), { kind: 'booked', until: 'booked' }, HOME);
    this.#put(at(1), { kind: 'booked', until: 'checked-in' }, 'imantau');
    this.#put(at(2), { kind: 'booked', until: 'arrived' }, 'ulanbel');
    this.#put(at(4), { kind: 'booked', until: 'booked' }, HOME);
    this.#put(at(6), { kind: 'booked', until: 'booked' });
    // Something of the days to come, and an offer and a question that wait for an answer.
    const { today } = this.#world;
    const ahead = (login: string, days: number) =>
      Array.from({ length: 9 }, (_, more) => this.#placesOf(login, addDays(today, days + more))).flat();
    this.#putFirst(ahead('paed', 1).slice(1), { kind: 'booked', until: 'booked' }, HOME);
    this.#putFirst(ahead('neuro', 2).slice(2), { kind: 'offered' }, HOME);
    this.#putFirst(ahead('endo', 1).slice(2), { kind: 'offered' });
    this.#putFirst([...ahead('psych', 1), ...ahead('psych2', 1)], { kind: 'asked' });
  }

  /** The first of these places that somebody is found for. */
  #putFirst(places: readonly Place[], fate: AppointmentFate, station?: string): void {
    const planned = this.plans.length;
    for (const place of places) {
      if (this.plans.length > planned) return;
      this.#put(place, fate, station);
    }
  }

  planWeeks(): void {
    for (let offset = 0; offset < 14; offset += 1) {
      const day = addDays(this.#monday, offset);
      this.#world.staff.specialists.forEach(({ user }, index) => {
        const fullness = offset < 7 ? (FULLNESS[index % FULLNESS.length] ?? 0.6) : NEXT_WEEK * (1 - (offset - 7) / 14);
        for (const place of this.#placesOf(user.login, day)) {
          if (this.#random.next() < fullness) this.#put(place, this.#fateOf(place));
        }
      });
    }
  }

  /** Waits of all ages: some past their treat-by date, some nearly, some with time. */
  planWaiters(): void {
    const { specialists } = this.#world.staff;
    for (let index = 0; index < WAITS.length; index += 1) {
      const specialist = specialists[(index * 7 + 2) % specialists.length];
      if (specialist === undefined) continue;
      const [urgency, hoursAgo] = WAITS[index % WAITS.length] ?? (['routine', 24] as const);
      const createdAt = new Date(this.#world.now.getTime() - hoursAgo * 60 * MINUTE_MS - index * 137_000);
      const found = this.#findCase(specialist.specialty, createdAt, undefined, index < 2 ? HOME : undefined);
      if (found === undefined) continue;
      this.#add({
        key: `waiter ${index}`,
        specialty: specialist.specialty,
        ...found,
        urgency,
        createdAt,
        slot: undefined,
        mode: 'video',
        fate: { kind: 'waits' },
      });
    }
  }

  #fateOf({ slot, mode }: Place): AppointmentFate {
    const random = this.#random;
    const roll = random.next();
    const minutesAhead = slot.from - toMinute(this.#world.now);
    if (mode === 'async') return { kind: 'booked', until: 'booked' };
    // What would be in a call just now: nobody is, the room is empty; the station is ready and waits.
    if (minutesAhead > -60) {
      const until = minutesAhead < 10 ? 'checked-in' : minutesAhead < 30 ? 'arrived' : 'booked';
      if (roll < 0.05 && minutesAhead > 24 * 60)
        return { kind: 'cancelled', reason: random.pick(['patient_asked', 'patient_unwell', 'station_cannot']) };
      return { kind: 'booked', until };
    }
    if (roll < 0.09)
      return { kind: 'missed', cause: random.pick(['patient', 'patient', 'network', 'specialist', 'station']) };
    if (roll < 0.15) return { kind: 'cancelled', reason: random.pick(['patient_asked', 'patient_unwell', 'no_link']) };
    if (roll < 0.19) return { kind: 'held', goesTo: 'unsigned' };
    if (roll < 0.27) return { kind: 'held', goesTo: 'signed' };
    if (roll < 0.45) return { kind: 'held', goesTo: 'delivered' };
    return { kind: 'held', goesTo: 'closed' };
  }

  #placesOf(login: string, day: CalendarDate): Place[] {
    const { rosters, orders } = this.#world.rosters;
    const roster = rosters.find(({ specialist }) => specialist.user.login === login);
    if (roster === undefined) throw new Error(`no roster of ${login}`);
    return sessionsOfDay(roster, day, createWorkCalendar(orders)).flatMap((session) =>
      session.mode === 'on_call'
        ? []
        : slotsOf(session).map(
            (slot): Place => ({
              slot,
              mode: session.mode as BookableMode,
              specialist: roster.specialist,
              entry: session.source.id,
            }),
          ),
    );
  }

  /** Books a place, where a patient for it is found; otherwise it stays free. */
  #put(place: Place | undefined, fate: AppointmentFate, station?: string): void {
    if (place === undefined) return;
    const { slot, specialist, mode } = place;
    const id = specialist.practitioner.id as PractitionerId;
    const key = `${specialist.user.login} ${slot.from}`;
    const [startsAt, endsAt] = [new Date(slot.from * MINUTE_MS), new Date(slot.to * MINUTE_MS)];
    const [from, to] = [new Date(startsAt.getTime() - MARGIN_MS), new Date(endsAt.getTime() + MARGIN_MS)];
    if (this.#taken.has(key) || !this.#calendar.isFree(id, startsAt, endsAt)) return;
    if (mode === 'async' && startsAt <= this.#world.now) return;
    // A question waits a day for its answer.
    const { now } = this.#world;
    const createdAt = fate.kind === 'asked' ? new Date(now.getTime() - 5 * 60 * MINUTE_MS) : this.#askedAt(startsAt);
    // Home keeps what is listed by name above, so that its desk is not crowded.
    const found = this.#findCase(specialist.specialty, createdAt, { from, to }, station);
    if (found === undefined) return;
    this.#taken.add(key);
    if (mode === 'video') {
      this.#calendar.book(id, startsAt, endsAt);
      this.#calendar.book(found.patient.station.row.id, from, to);
      this.#calendar.book(found.patient.row.id, from, to);
    }
    this.#add({
      key,
      specialty: specialist.specialty,
      ...found,
      createdAt,
      slot: { startsAt, endsAt, specialist },
      mode,
      fate,
    });
  }

  /** Some days before, in the hours a station works, and before now. */
  #askedAt(startsAt: Date): Date {
    const random = this.#random;
    const latest = Math.min(startsAt.getTime() - 3 * 60 * MINUTE_MS, this.#world.now.getTime() - 3 * 60 * MINUTE_MS);
    const day = addDays(localDate(new Date(latest)), -random.int(1, 6));
    return new Date(localTime(day, random.int(9 * 60, 17 * 60)).getTime() + random.int(0, 59_999));
  }

  #findCase(specialty: Specialty, at: Date, span: { from: Date; to: Date } | undefined, station?: string) {
    const random = this.#random;
    const day = localDate(at);
    let again: [PatientPlan, CaseTemplate] | undefined;
    for (const patient of random.shuffle(this.#world.patients)) {
      const { settlement, row: place } = patient.station;
      if (station === undefined ? settlement.key === HOME : settlement.key !== station) continue;
      if (patient.row.registeredAt >= at.toISOString()) continue;
      const rest = span ?? { from: at, to: at };
      const isFree =
        this.#calendar.isFree(
          patient.row.id,
          new Date(rest.from.getTime() - REST_MS),
          new Date(rest.to.getTime() + REST_MS),
        ) &&
        (span === undefined || this.#calendar.isFree(place.id, span.from, span.to));
      if (!isFree) continue;
      const suiting = CASES[specialty][settlement.language].filter(
        (candidate) => candidate.urgency !== 'stat' && fits(candidate, patient, day),
      );
      const template = suiting.find(({ key }) => !this.#told.has(`${patient.row.id} ${key}`));
      if (template !== undefined) return this.#withRequester(patient, template);
      // Seen before: some come again with the same.
      if (suiting[0] !== undefined) again ??= [patient, suiting[0]];
    }
    return again && this.#withRequester(...again);
  }

  #withRequester(patient: PatientPlan, template: CaseTemplate) {
    const there = this.#world.staff.feldshers.filter((user) => user.stationId === patient.station.row.id);
    return { patient, template, urgency: template.urgency, requester: this.#random.pick(there) };
  }

  #add(plan: AppointmentPlan): void {
    this.#told.add(`${plan.patient.row.id} ${plan.template.key}`);
    this.plans.push(plan);
  }
}
