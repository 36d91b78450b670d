import { auditLog } from '../../../server/src/modules/audit/audit-log.ts';
import { healthcareServiceRepository } from '../../../server/src/modules/scheduling/healthcare-service.repository.ts';
import { type ExceptionRow, rosterRepository } from '../../../server/src/modules/scheduling/roster.repository.ts';
import type { Language } from '../../../shared/src/auth/auth.contract.ts';
import type { PractitionerId, StationId } from '../../../shared/src/kernel/ids.ts';
import { toInstant } from '../../../shared/src/kernel/time.ts';
import type { Equipment } from '../../../shared/src/scheduling/equipment.ts';
import { fromMinute } from '../../../shared/src/scheduling/local-day.ts';
import type { StationPlan } from '../build/places.ts';
import type { SpecialistPlan, UserPlan } from '../build/staff.ts';
import type { PlannedRosters } from '../build/weekly-roster.ts';
import { SERVICES } from '../content/services.ts';
import { MINUTE_MS } from '../demo-id.ts';
import { actorOf, type SeedDesk } from './schedule-desk.ts';
import type { Step } from './steps.ts';

const EVERYWHERE: readonly Equipment[] = [
  'blood_pressure',
  'pulse_oximeter',
  'glucometer',
  'stethoscope',
  'photo_camera',
];
const LARGE: readonly Equipment[] = ['ecg', 'otoscope', 'fetal_doppler', 'spirometer'];

/** What was entered once: services, cameras and equipment, languages, templates, and the orders of the Government. */
export function stepsOfSetting(
  {
    stations,
    specialists,
    rosters,
    admin,
    coordinator,
  }: {
    stations: readonly StationPlan[];
    specialists: readonly SpecialistPlan[];
    rosters: PlannedRosters;
    admin: UserPlan;
    coordinator: UserPlan;
  },
  at: Date,
): Step[] {
  const steps: ((desk: SeedDesk) => Promise<unknown>)[] = [
    async ({ tx }) => {
      for (const service of SERVICES) {
        await healthcareServiceRepository.save(tx, service);
        const entity = { entityType: 'healthcare_service' as const, entityId: service.code };
        await auditLog.append(tx, {
          at: toInstant(at),
          actor: actorOf(admin),
          action: 'healthcare_service.save',
          ...entity,
          detail: { mode: service.mode },
        });
      }
    },
    ...stations.map(({ row, settlement }, index) => ({ kits }: SeedDesk) => {
      // An outpatient clinic has more than a feldsher's station; a few have a second room.
      const isLarge = settlement.kind === 'ambulatory';
      const equipment = [...EVERYWHERE, ...(isLarge || index % 3 === 0 ? LARGE : LARGE.slice(0, 1))];
      const seen = { cameras: 1, equipment: [] };
      return kits.saveKit(actorOf(coordinator), row.id as StationId, { cameras: isLarge ? 2 : 1, equipment, seen });
    }),
    ...specialists.map(({ practitioner, user }, index) => ({ kits }: SeedDesk) => {
      const languages: Language[] = user.language === 'kk' ? ['kk', 'ru'] : index % 3 === 0 ? ['ru', 'kk'] : ['ru'];
      if (index % 5 === 0) languages.push('en');
      return kits.saveLanguages(actorOf(coordinator), practitioner.id as PractitionerId, { languages, seen: [] });
    }),
    async ({ tx }) => {
      const by = { at: toInstant(at), userId: coordinator.id };
      for (const { templates } of rosters.rosters) {
        if (!(await rosterRepository.insertTemplates(tx, templates, by))) throw new Error('templates overlap');
        for (const { id, practitionerId, service } of templates) {
          await auditLog.append(tx, {
            at: by.at,
            actor: actorOf(coordinator),
            action: 'roster.save_template',
            entityType: 'roster',
            entityId: id,
            detail: { practitionerId, service },
          });
        }
      }
    },
    ...rosters.orders.map(
      ({ day, kind, name, source, worksAs }) =>
        ({ specialDays }: SeedDesk) =>
          specialDays.save(actorOf(admin), day, { kind, name, worksAs: worksAs ?? null, source, seenAt: null }),
    ),
  ];
  return steps.map((run) => ({ at, run }));
}

/** Leaves with their substitutes and extra hours. They are rows, because the services would make their ids by chance. */
export function stepsOfExceptions({ closures, extras }: PlannedRosters, coordinator: UserPlan, at: Date): Step[] {
  const row = (practitionerId: string, span: { id: string; from: number; to: number }): ExceptionRow => ({
    id: span.id,
    practitionerId,
    kind: 'extra',
    startsAt: fromMinute(span.from),
    endsAt: fromMinute(span.to),
    reason: null,
    service: null,
    mode: null,
    slotMinutes: null,
    bufferMinutes: null,
    rank: null,
    substitutionId: null,
    note: '',
    createdAt: toInstant(at),
    createdBy: coordinator.id,
    withdrawnAt: null,
  });
  const step = (rowToAdd: ExceptionRow, minutes: number): Step => {
    const moment = new Date(at.getTime() + minutes * MINUTE_MS);
    return {
      at: moment,
      async run({ tx }) {
        if (!(await rosterRepository.insertException(tx, rowToAdd))) throw new Error('exceptions overlap');
        await auditLog.append(tx, {
          at: toInstant(moment),
          actor: actorOf(coordinator),
          action: rowToAdd.kind === 'closure' ? 'roster.save_closure' : 'roster.save_extra',
          entityType: 'roster',
          entityId: rowToAdd.id,
          detail: { practitionerId: rowToAdd.practitionerId },
        });
      },
    };
  };
  const extraRow = (
    practitionerId: string,
    extra:
      | PlannedRosters['extras'][number]
      | NonNullable<PlannedRosters['closures'][number]['substitution']>['extras'][number],
  ) => {
    const { service, mode, slotMinutes, bufferMinutes } = extra;
    return { ...row(practitionerId, extra), service, mode, slotMinutes, bufferMinutes };
  };
  return [
    ...closures.flatMap(({ substitution, ...closure }, index) => [
      step(
        {
          ...row(closure.practitionerId, closure),
          kind: 'closure',
          reason: closure.reason,
          substitutionId: substitution === undefined ? null : closure.id,
        },
        index,
      ),
      ...(substitution?.extras ?? []).map((extra) =>
        step({ ...extraRow(substitution?.by ?? '', extra), substitutionId: closure.id }, index),
      ),
    ]),
    ...extras.map((extra) => step(extraRow(extra.practitionerId, extra), closures.length)),
  ];
}
