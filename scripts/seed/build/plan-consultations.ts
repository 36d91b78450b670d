import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import type { CaseTemplate } from '../content/case-template.ts';
import { CASES } from '../content/cases.ts';
import { SPECIALTIES, type Specialty } from '../content/specialties.ts';
import { addDays, DAY_MS, localTime, MINUTE_MS } from '../demo-id.ts';
import { Random } from '../random.ts';
import { Calendar } from './calendar.ts';
import { fits } from './illness.ts';
import type { PatientPlan } from './patient-plan.ts';
import { dutyDay, onCallLogins, rungCount } from './roster.ts';
import type { SpecialistPlan, Staff, UserPlan } from './staff.ts';
import { type Ladder, type Outcome, type Timing, timing } from './timing.ts';

/** Everything that was decided about one consult; build-consultation.ts makes the rows. */
export interface ConsultationPlan {
  readonly specialty: Specialty;
  readonly template: CaseTemplate;
  readonly patient: PatientPlan;
  readonly requester: UserPlan;
  readonly outcome: Outcome;
  readonly ladder: Ladder;
  /** Who is on call, rank 1 first. */
  readonly onCall: readonly SpecialistPlan[];
  readonly timing: Timing;
}

interface Batch {
  readonly outcome: Outcome;
  readonly count: number;
  /** Days before the day of seeding, both ends included. */
  readonly daysAgo: readonly [from: number, to: number];
  /** Only at this station; elsewhere when left out. */
  readonly station?: string;
  readonly specialty?: Specialty;
}

/** The station of the memorable account `feldsher`: two conclusions to read, some history, nothing else open. */
const HOME = 'aksu';

const BATCHES: readonly Batch[] = [
  { outcome: 'signed', count: 1, daysAgo: [1, 2], station: HOME, specialty: 'cardiology' },
  { outcome: 'signed', count: 1, daysAgo: [1, 2], station: HOME, specialty: 'neurology' },
  { outcome: 'closed', count: 9, daysAgo: [4, 58], station: HOME },
  { outcome: 'acknowledged', count: 1, daysAgo: [3, 8], station: HOME },
  { outcome: 'cancelled', count: 1, daysAgo: [10, 40], station: HOME },
  { outcome: 'signed', count: 6, daysAgo: [1, 3] },
  { outcome: 'delivered', count: 7, daysAgo: [1, 6] },
  { outcome: 'conclusion_draft', count: 2, daysAgo: [1, 2] },
  { outcome: 'in_triage', count: 5, daysAgo: [1, 2] },
  { outcome: 'acknowledged', count: 9, daysAgo: [2, 14] },
  { outcome: 'cancelled', count: 8, daysAgo: [2, 59] },
  { outcome: 'closed', count: 70, daysAgo: [2, 59] },
];

interface Case {
  readonly specialty: Specialty;
  readonly language: 'kk' | 'ru';
  readonly template: CaseTemplate;
}

const ALL_CASES: readonly Case[] = SPECIALTIES.flatMap(({ code: specialty }) =>
  (['kk', 'ru'] as const).flatMap((language) =>
    CASES[specialty][language].map((template): Case => ({ specialty, language, template })),
  ),
);

/** Nobody asks the same specialist twice within so many days, and two consults of a patient lie that far apart. */
const PATIENT_REST_MS = 12 * DAY_MS;
const OPEN: readonly Outcome[] = ['in_triage', 'conclusion_draft'];
const UNFINISHED: readonly Outcome[] = [...OPEN, 'cancelled'];

const TRIES = 400;
const TRIES_A_ROUND = 40;

export function planConsultations(
  patients: readonly PatientPlan[],
  staff: Staff,
  today: CalendarDate,
): ConsultationPlan[] {
  const random = new Random(`consultations of ${today}`);
  const planner = new Planner(random, patients, staff, today);
  const plans = BATCHES.flatMap((batch) => Array.from({ length: batch.count }, () => planner.plan(batch)));
  return plans.sort((a, b) => a.timing.createdAt.getTime() - b.timing.createdAt.getTime());
}

class Planner {
  readonly #random: Random;
  readonly #patients: readonly PatientPlan[];
  readonly #staff: Staff;
  readonly #today: CalendarDate;
  readonly #calendar = new Calendar();
  readonly #seen = new Set<string>();
  #cases: Case[] = [];

  constructor(random: Random, patients: readonly PatientPlan[], staff: Staff, today: CalendarDate) {
    this.#random = random;
    this.#patients = patients;
    this.#staff = staff;
    this.#today = today;
  }

  plan(batch: Batch): ConsultationPlan {
    for (let tries = 1; tries <= TRIES; tries += 1) {
      // What is left of the round may suit nobody here and now.
      if (tries % TRIES_A_ROUND === 0) this.#cases.push(...ALL_CASES);
      const candidate = this.#nextCase(batch);
      const plan = this.#tryCase(batch, candidate);
      if (plan !== undefined) {
        this.#cases.splice(this.#cases.indexOf(candidate), 1);
        this.#book(plan);
        return plan;
      }
    }
    throw new Error(`no consult fits: ${batch.outcome} at ${batch.station ?? 'any station'}`);
  }

  /** Goes through all cases before one comes again. */
  #nextCase(batch: Batch): Case {
    const suits = ({ language, specialty, template }: Case) =>
      (batch.station !== HOME || language === 'kk') &&
      (batch.specialty === undefined || batch.specialty === specialty) &&
      // An emergency is neither left without an answer, nor unwritten, nor called off.
      (template.urgency !== 'stat' || !UNFINISHED.includes(batch.outcome)) &&
      // The memorable accounts start with a clean desk.
      (!OPEN.includes(batch.outcome) || (specialty !== 'cardiology' && specialty !== 'neurology'));
    if (!this.#cases.some(suits)) this.#cases.push(...ALL_CASES);
    return this.#random.pick(this.#cases.filter(suits));
  }

  #tryCase(batch: Batch, { specialty, language, template }: Case): ConsultationPlan | undefined {
    const random = this.#random;
    const day = addDays(this.#today, -random.int(...batch.daysAgo));
    const patient = random.shuffle(this.#patients).find((candidate) => {
      const { settlement } = candidate.station;
      return (
        settlement.language === language &&
        (batch.station === undefined ? settlement.key !== HOME : settlement.key === batch.station) &&
        fits(template, candidate, day) &&
        !marks(template).some((mark) => this.#seen.has(`${candidate.row.id} ${mark}`))
      );
    });
    if (patient === undefined) return undefined;
    const ladder = this.#ladder(batch.outcome, specialty);
    const times = timing(random, {
      day,
      urgency: template.urgency,
      outcome: batch.outcome,
      ladder,
      isRechecked: template.recheck !== undefined,
    });
    if (times.lastAt >= localTime(this.#today, 0) || patient.row.registeredAt >= times.createdAt.toISOString()) {
      return undefined;
    }
    const onCall = onCallLogins(specialty, dutyDay(times.createdAt)).map((login) => this.#specialist(login));
    const requester = random.pick(this.#staff.feldshers.filter((user) => user.stationId === patient.station.row.id));
    const plan = { specialty, template, patient, requester, outcome: batch.outcome, ladder, onCall, timing: times };
    return this.#isFree(plan) ? plan : undefined;
  }

  /** How many rungs rang in vain before the answer, and whether the last of them declined. */
  #ladder(outcome: Outcome, specialty: Specialty): Ladder {
    if (outcome === 'in_triage') return { missed: rungCount(specialty), declined: this.#random.chance(0.4) };
    if (outcome === 'cancelled') return { missed: 0, declined: false };
    return { missed: this.#random.chance(0.14) ? 1 : 0, declined: this.#random.chance(0.5) };
  }

  #specialist(login: string): SpecialistPlan {
    const specialist = this.#staff.specialists.find(({ user }) => user.login === login);
    if (specialist === undefined) throw new Error(`no such specialist: ${login}`);
    return specialist;
  }

  #isFree({ patient, requester, onCall, timing: { createdAt, busyUntil } }: ConsultationPlan): boolean {
    return (
      onCall.every(({ practitioner }) => this.#calendar.isFree(practitioner.id, createdAt, busyUntil)) &&
      this.#calendar.isFree(requester.stationId ?? '', createdAt, busyUntil) &&
      this.#calendar.isFree(
        patient.row.id,
        new Date(createdAt.getTime() - PATIENT_REST_MS),
        new Date(busyUntil.getTime() + PATIENT_REST_MS),
      )
    );
  }

  #book({ patient, requester, template, onCall, timing: { createdAt, busyUntil } }: ConsultationPlan): void {
    const until = new Date(busyUntil.getTime() + 2 * MINUTE_MS);
    for (const { practitioner } of onCall) this.#calendar.book(practitioner.id, createdAt, until);
    this.#calendar.book(requester.stationId ?? '', createdAt, until);
    this.#calendar.book(patient.row.id, createdAt, until);
    for (const mark of marks(template)) this.#seen.add(`${patient.row.id} ${mark}`);
  }
}

/**
 * What a patient tells only once: no illness twice, one pregnancy in one week of it, and one weight, which would not agree
 * with another case's.
 */
function marks({ key, patient, vitals }: CaseTemplate): string[] {
  return [
    key,
    ...(patient.condition === 'pregnancy' ? ['pregnancy'] : []),
    ...(vitals.weight === undefined ? [] : ['weight']),
  ];
}
