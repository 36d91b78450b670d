import type { Language, LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId, StationId } from '@jaqyn/shared/kernel/ids';
import type { StationKit } from '@jaqyn/shared/scheduling/service.contract';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { assertSeen } from '../../kernel/seen.ts';
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

  /**
   * What is booked stays booked, also with fewer cameras. Throws `station.not_found`, `station.kit_changed` when somebody saved it
   * since it was `seen`.
   */
  saveKit(
    actor: Actor,
    stationId: StationId,
    { seen, ...kit }: StationKit & { readonly seen: StationKit },
  ): Promise<StationKit> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      const station = await peopleRepository.findStationRegion(tx, stationId);
      const mine = await myRegion(tx, actor);
      if (station === undefined || (mine !== undefined && mine !== station.region)) {
        throw new DomainError('station.not_found');
      }
      const equipment = [...new Set(kit.equipment)];
      assertSeen('station.kit_changed', {
        stored: inOrder(await peopleRepository.getKit(tx, stationId)),
        seen: inOrder(seen),
        wanted: inOrder({ ...kit, equipment }),
      });
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

  /** Throws `practitioner.not_found`, `practitioner.languages_changed` when somebody saved them since they were `seen`. */
  saveLanguages(
    actor: Actor,
    practitionerId: PractitionerId,
    { languages, seen }: { readonly languages: readonly Language[]; readonly seen: readonly Language[] },
  ): Promise<Language[]> {
    return this.#runner.change(actor, async ({ tx, at }) => {
      const practitioner = await peopleRepository.findPractitioner(tx, practitionerId);
      const mine = await myRegion(tx, actor);
      const isForeign =
        actor.role === 'specialist'
          ? actor.practitionerId !== practitionerId
          : mine !== undefined && mine !== practitioner?.region;
      if (practitioner === undefined || isForeign) throw new DomainError('practitioner.not_found');
      const stored = (await peopleRepository.listLanguages(tx, [practitionerId])).get(practitionerId) ?? [];
      assertSeen('practitioner.languages_changed', {
        stored: stored.toSorted(),
        seen: seen.toSorted(),
        wanted: [...new Set(languages)].sort(),
      });
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

/** Equipment is a set: in whatever order it was pressed, it is the same. */
function inOrder(kit: StationKit): StationKit {
  return { ...kit, equipment: kit.equipment.toSorted() };
}
