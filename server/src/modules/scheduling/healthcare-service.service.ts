import type { ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { assertSeen } from '../../kernel/seen.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { StaffService } from '../staff/staff.service.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

/** What can be booked: reference data of the department. */
export class HealthcareServiceService {
  readonly #runner: ScheduleRunner;
  readonly #staff: Pick<StaffService, 'assertSpecialty'>;

  constructor({ runner, staff }: { runner: ScheduleRunner; staff: Pick<StaffService, 'assertSpecialty'> }) {
    this.#runner = runner;
    this.#staff = staff;
  }

  list(): Promise<HealthcareService[]> {
    return this.#runner.read((tx) => healthcareServiceRepository.list(tx));
  }

  /**
   * Adds or changes; what is booked stays as it is. Throws `specialty.not_found`, `service.differs` when the specialty or the mode
   * of a service would change under its templates, `service.changed` when somebody saved it since it was `seen`.
   */
  save(
    actor: Actor,
    code: ServiceCode,
    { seen, ...input }: Omit<HealthcareService, 'code'> & { readonly seen: HealthcareService | null },
  ): Promise<HealthcareService> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      await this.#staff.assertSpecialty(tx, input.specialty);
      const stored = await healthcareServiceRepository.find(tx, code);
      if (stored !== undefined && (stored.specialty !== input.specialty || stored.mode !== input.mode)) {
        throw new DomainError('service.differs');
      }
      const service = { ...input, code, requiredEquipment: [...new Set(input.requiredEquipment)] };
      assertSeen('service.changed', { stored: stored ?? null, seen, wanted: service });
      await healthcareServiceRepository.save(tx, service);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'healthcare_service.save',
        entityType: 'healthcare_service',
        entityId: code,
        detail: {
          retiredFrom: input.retiredFrom,
          stationMayBook: input.stationMayBook,
          overbookLanes: input.overbookLanes,
        },
      });
      return service;
    });
  }
}
