import type { PractitionerId, SpecialtyCode, StationId, UserId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Store } from '../../db/store.ts';
import { peopleRepository } from './people.repository.ts';

export interface ScheduleChange {
  readonly practitionerIds: PractitionerId[];
  readonly stationIds: StationId[];
  readonly days: CalendarDate[];
}

export interface WaitlistChange {
  readonly specialties: SpecialtyCode[];
  readonly stationIds: StationId[];
}

/** Coordinators who are told of the same part of a change. */
interface Hearers {
  readonly userIds: UserId[];
  /** Stations of theirs among those concerned; the others stay unnamed. */
  readonly stationIds: StationId[];
}

/**
 * Which coordinators may know of a change of the schedule: those who act for the oblast of a station or of a specialist concerned,
 * or for everywhere. Whoever works for the whole country is on the boards of all.
 */
export class ScheduleAudienceService {
  readonly #store: Store;

  constructor({ store }: { store: Store }) {
    this.#store = store;
  }

  async ofSchedule(change: ScheduleChange): Promise<Hearers[]> {
    return this.#store.read(async (tx) => {
      const people = await peopleRepository.listPractitioners(tx, { ids: change.practitionerIds });
      const stations = await peopleRepository.listStationRegions(tx, change.stationIds);
      // Nobody named: a day of everybody's.
      const isOfAll = change.practitionerIds.length === 0 && change.stationIds.length === 0;
      return toHearers(
        await peopleRepository.listCoordinators(tx),
        stations,
        (region) => isOfAll || people.some((person) => person.region === null || person.region === region),
      );
    });
  }

  async ofWaitlist(change: WaitlistChange): Promise<Hearers[]> {
    return this.#store.read(async (tx) =>
      toHearers(
        await peopleRepository.listCoordinators(tx),
        await peopleRepository.listStationRegions(tx, change.stationIds),
        () => false,
      ),
    );
  }
}

/** By region, as each may know other stations. */
function toHearers(
  coordinators: readonly { userId: UserId; region: string | null }[],
  stations: ReadonlyMap<string, string | null>,
  knowsAnyway: (region: string) => boolean,
): Hearers[] {
  return [...Map.groupBy(coordinators, ({ region }) => region)].flatMap(([region, hearers]) => {
    const stationIds = [...stations]
      .filter(([, of]) => region === null || of === region)
      .map(([id]) => id as StationId);
    const isTold = region === null || stationIds.length > 0 || knowsAnyway(region);
    return isTold ? [{ userIds: hearers.map(({ userId }) => userId), stationIds }] : [];
  });
}
