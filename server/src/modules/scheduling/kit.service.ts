import type { Language, LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId, StationId } from '@jaqyn/shared/kernel/ids';
import type { StationKit } from '@jaqyn/shared/scheduling/service.contract';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { myRegion } from './appointment-book.ts';
import { peopleRepository } from './people.repository.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

/** What bookings take into account of places and people: cameras, equipment, languages. */
export class KitService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  listRegions(): Promise<{ code: string; name: LocalText }[]> {
    return this.#runner.read((tx) => peopleRepository.listRegions(tx));
  }

  /** Throws `station.not_found`. */
  getKit(actor: Actor, stationId: StationId): Promise<StationKit> {
    return this.#runner.read(async (tx) => {
      const station = await peopleRepository.findStationRegion(tx, stationId);
      const isForeign = actor.role === 'feldsher' && actor.stationId !== stationId;
      if (station === undefined || isForeign) throw new DomainError('station.not_found');
      return peopleRepository.getKit(tx, stationId);
    });
  }

  /** What is booked stays booked, also with fewer cameras. Throws `station.not_found`. */
  saveKit(actor: Actor, stationId: StationId, kit: StationKit): Promise<StationKit> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      const station = await peopleRepository.findStationRegion(tx, stationId);
      const mine = await myRegion(tx, actor);
      if (station === undefined || (mine !== undefined && mine !== station.region)) {
        throw new DomainError('station.not_found');
      }
      const equipment = [...new Set(kit.equipment)];
      await peopleRepository.saveKit(tx, stationId, { cameras: kit.cameras, equipment });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'station.save_kit',
        entityType: 'station',
        entityId: stationId,
        detail: { cameras: kit.cameras, equipment: equipment.join(' ') },
      });
      return { cameras: kit.cameras, equipment };
    });
  }

  /** Throws `practitioner.not_found`. */
  saveLanguages(actor: Actor, practitionerId: PractitionerId, languages: readonly Language[]): Promise<Language[]> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
      const mine = await myRegion(tx, actor);
      const isForeign =
        actor.role === 'specialist'
          ? actor.practitionerId !== practitionerId
          : mine !== undefined && mine !== practitioner?.region;
      if (practitioner === undefined || isForeign) throw new DomainError('practitioner.not_found');
      await peopleRepository.saveLanguages(tx, practitionerId, languages);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'practitioner.save_languages',
        entityType: 'practitioner',
        entityId: practitionerId,
        detail: { languages: languages.join(' ') },
      });
      return (await peopleRepository.listLanguages(tx, [practitionerId])).get(practitionerId) ?? [];
    });
  }
}
