import type { AuditEntry } from '../../../server/src/modules/audit/audit-log.ts';
import { type CalendarDate, localDate } from '../../../shared/src/kernel/time.ts';
import { addDays, localTime } from '../demo-id.ts';
import type { OrganizationRow, PatientRow, ShiftRow, SpecialtyRow, StationRow } from '../rows.ts';
import { type BuiltConsultation, buildConsultation } from './build-consultation.ts';
import { auditEntry } from './consultation-life.ts';
import { buildPatients } from './patients.ts';
import { buildPlaces } from './places.ts';
import { planConsultations } from './plan-consultations.ts';
import { daysBetween, rosterDays, rosterShifts } from './roster.ts';
import { buildStaff, type SpecialistPlan, type UserPlan } from './staff.ts';

/** The whole demo for one day, before passwords are hashed and conclusions are signed. The same day gives the same data. */
export interface DemoData {
  readonly organizations: readonly OrganizationRow[];
  readonly stations: readonly StationRow[];
  readonly specialties: readonly SpecialtyRow[];
  readonly practitioners: readonly SpecialistPlan['practitioner'][];
  readonly users: readonly UserPlan[];
  readonly shifts: readonly ShiftRow[];
  readonly patients: readonly PatientRow[];
  readonly consultations: readonly BuiltConsultation[];
  /** The last request number of each year. */
  readonly counters: readonly { readonly year: number; readonly last: number }[];
  /** All of it in the order of time. */
  readonly audit: readonly AuditEntry[];
}

/** How far back the consults go; the roster goes with them, so that each ring is explained by a shift. */
const HISTORY_DAYS = 61;

export function buildDemoData(today: CalendarDate): DemoData {
  const places = buildPlaces();
  const staff = buildStaff(places, today);
  const patients = buildPatients(places.stations, staff.feldshers, today);
  const counters = new Map<number, number>();
  const consultations = planConsultations(patients, staff, today).map((plan) => {
    const year = Number(localDate(plan.timing.createdAt).slice(0, 4));
    const sequence = (counters.get(year) ?? 0) + 1;
    counters.set(year, sequence);
    return buildConsultation(plan, `${year}-${String(sequence).padStart(6, '0')}`);
  });
  const week = rosterDays(today);
  const shiftDays = daysBetween(addDays(today, -HISTORY_DAYS), week.at(-1) ?? today);
  return {
    organizations: places.organizations,
    stations: places.stations.map(({ row }) => row),
    specialties: staff.specialties,
    practitioners: staff.specialists.map(({ practitioner }) => practitioner),
    users: staff.users,
    shifts: rosterShifts(shiftDays),
    patients: patients.map(({ row }) => row),
    consultations,
    counters: [...counters].map(([year, last]) => ({ year, last })),
    audit: collectAudit(
      staff.users,
      patients.map(({ row }) => row),
      consultations,
      today,
    ),
  };
}

function collectAudit(
  users: readonly UserPlan[],
  patients: readonly PatientRow[],
  consultations: readonly BuiltConsultation[],
  today: CalendarDate,
): AuditEntry[] {
  const byId = new Map(users.map((user) => [user.id, user]));
  const entries = [
    ...users.map((user) =>
      auditEntry(new Date(user.createdAt), null, 'user.create', 'user', user.id, { role: user.role, isDemo: true }),
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
