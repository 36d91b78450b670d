import type { AuditEntry } from '../../../server/src/modules/audit/audit-log.ts';
import { type CalendarDate, localDate } from '../../../shared/src/kernel/time.ts';
import { addDays, DEMO_EPOCH, demoId, instant, localTime } from '../demo-id.ts';
import type { LicenceRow, OrganizationRow, PatientRow, ShiftRow, SpecialtyRow, StationRow } from '../rows.ts';
import { type BuiltConsultation, buildConsultation } from './build-consultation.ts';
import { auditEntry } from './consultation-life.ts';
import { buildPatients } from './patients.ts';
import { buildPlaces, type StationPlan } from './places.ts';
import { planAppointments } from './plan-appointments.ts';
import { planConsultations } from './plan-consultations.ts';
import { daysBetween, rosterDays, rosterShifts } from './roster.ts';
import { buildScheduledRequest, type ScheduledRequest } from './scheduled-request.ts';
import { buildStaff, type SpecialistPlan, type UserPlan } from './staff.ts';
import { type PlannedRosters, planRosters } from './weekly-roster.ts';

/**
 * The whole demo for one moment, before passwords are hashed, conclusions are signed and scheduling has done its part. The same moment
 * gives the same data.
 */
export interface DemoData {
  readonly now: Date;
  readonly organizations: readonly OrganizationRow[];
  readonly stations: readonly StationRow[];
  readonly specialties: readonly SpecialtyRow[];
  readonly practitioners: readonly SpecialistPlan['practitioner'][];
  readonly licences: readonly LicenceRow[];
  readonly users: readonly UserPlan[];
  readonly shifts: readonly ShiftRow[];
  readonly patients: readonly PatientRow[];
  readonly consultations: readonly BuiltConsultation[];
  /** Oblast of each organization that lies in one; the national centres do in none. */
  readonly organizationRegions: readonly { readonly organizationId: string; readonly region: string }[];
  /** Who coordinates one oblast only. */
  readonly coordinatorRegions: readonly { readonly userId: string; readonly region: string }[];
  readonly schedule: SchedulePlan;
  /** The last request number of each year. */
  readonly counters: readonly { readonly year: number; readonly last: number }[];
  /** All of it in the order of time. */
  readonly audit: readonly AuditEntry[];
}

/** What scheduling is to make of the demo. */
export interface SchedulePlan {
  readonly stations: readonly StationPlan[];
  readonly specialists: readonly SpecialistPlan[];
  readonly rosters: PlannedRosters;
  readonly requests: readonly ScheduledRequest[];
  readonly admin: UserPlan;
  readonly coordinator: UserPlan;
}

/** How far back the consults go; the roster goes with them, so that each ring is explained by a shift. */
const HISTORY_DAYS = 61;

/** The second coordinator acts for one oblast; the first for the whole country. */
const COORDINATED = { login: 'coordinator2', region: 'north' } as const;

export function buildDemoData(today: CalendarDate, now: Date): DemoData {
  const places = buildPlaces();
  const staff = buildStaff(places, today);
  const patients = buildPatients(places.stations, staff.feldshers, today);
  const office = (login: string): UserPlan => {
    const user = staff.users.find((candidate) => candidate.login === login);
    if (user === undefined) throw new Error(`no such user: ${login}`);
    return user;
  };
  const calls = planConsultations(patients, staff, today);
  const rosters = planRosters(staff.specialists, today, now);
  const appointments = planAppointments({ patients, staff, rosters, calls, today, now });

  // Calls and bookings share the counter: numbers go up with time.
  const counters = new Map<number, number>();
  const takeNumber = (createdAt: Date) => {
    const year = Number(localDate(createdAt).slice(0, 4));
    const sequence = (counters.get(year) ?? 0) + 1;
    counters.set(year, sequence);
    return `${year}-${String(sequence).padStart(6, '0')}`;
  };
  const consultations: BuiltConsultation[] = [];
  const requests: ScheduledRequest[] = [];
  const makers = [
    ...calls.map((plan) => ({
      at: plan.timing.createdAt,
      make: (number: string) => void consultations.push(buildConsultation(plan, number)),
    })),
    ...appointments.map((plan) => ({
      at: plan.createdAt,
      make: (number: string) => void requests.push(buildScheduledRequest(plan, number, office('coordinator'))),
    })),
  ];
  for (const { at, make } of makers.sort((a, b) => a.at.getTime() - b.at.getTime())) make(takeNumber(at));

  const licences = planLicences(staff.specialists, office('admin'), today);
  const week = rosterDays(today);
  const shiftDays = daysBetween(addDays(today, -HISTORY_DAYS), week.at(-1) ?? today);
  return {
    now,
    organizations: places.organizations,
    stations: places.stations.map(({ row }) => row),
    specialties: staff.specialties,
    practitioners: staff.specialists.map(({ practitioner }) => practitioner),
    licences,
    users: staff.users,
    shifts: rosterShifts(shiftDays),
    patients: patients.map(({ row }) => row),
    consultations,
    organizationRegions: places.regions,
    coordinatorRegions: [{ userId: office(COORDINATED.login).id, region: COORDINATED.region }],
    schedule: {
      stations: places.stations,
      specialists: staff.specialists,
      rosters,
      requests,
      admin: office('admin'),
      coordinator: office('coordinator'),
    },
    counters: [...counters].map(([year, last]) => ({ year, last })),
    audit: collectAudit(
      staff.users,
      licences,
      patients.map(({ row }) => row),
      [...consultations, ...requests],
      today,
    ),
  };
}

/** Everybody's is valid for all of the demo's consults; the last of the list has to renew it soon. */
function planLicences(specialists: readonly SpecialistPlan[], admin: UserPlan, today: CalendarDate): LicenceRow[] {
  const enteredAt = instant(localTime(addDays(today, -199), 11 * 60));
  return specialists.map(({ practitioner }, index) => ({
    id: demoId<string>(`licence of ${practitioner.id}`, DEMO_EPOCH),
    practitionerId: practitioner.id,
    number: `KZ${String(20_000_000 + 7919 * (index + 1))}`,
    issuer: 'ҚР Денсаулық сақтау министрлігі',
    validFrom: addDays(today, -900 - index),
    validTo: addDays(today, index === specialists.length - 1 ? 18 : 900 - index),
    enteredAt,
    enteredBy: admin.id,
    withdrawnFrom: null,
    withdrawReason: '',
    withdrawnAt: null,
    withdrawnBy: null,
  }));
}

function collectAudit(
  users: readonly UserPlan[],
  licences: readonly LicenceRow[],
  patients: readonly PatientRow[],
  consultations: readonly { readonly audit: readonly AuditEntry[] }[],
  today: CalendarDate,
): AuditEntry[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  const entries = [
    ...users.map((user) =>
      auditEntry(new Date(user.createdAt), null, 'user.create', 'user', user.id, { role: user.role, isDemo: true }),
    ),
    ...licences.map(({ id, practitionerId, validFrom, validTo, enteredAt, enteredBy }) =>
      auditEntry(
        new Date(enteredAt),
        byId.get(enteredBy) ?? null,
        'practitioner.add_licence',
        'practitioner',
        practitionerId,
        {
          licenceId: id,
          validFrom,
          validTo,
        },
      ),
    ),
    ...patients.map((patient) =>
      auditEntry(
        new Date(patient.registeredAt),
        byId.get(patient.registeredBy ?? '') ?? null,
        'patient.register',
        'patient',
        patient.id,
      ),
    ),
    ...consultations.flatMap(({ audit }) => audit),
    auditEntry(localTime(today, 0), null, 'database.seed', 'database', 'demo', { today }),
  ];
  // Sorting is stable: what happened at one instant stays in its order.
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
