import type { StationId } from '@jaqyn/shared/kernel/ids';
import type { Station } from '@jaqyn/shared/stations/station.contract';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { stationRepository } from './station.repository.ts';

export class StationService {
  readonly #store: Store;

  constructor({ store }: { store: Store }) {
    this.#store = store;
  }

  /** A feldsher sees the own station only. */
  listStations(actor: Actor): Promise<Station[]> {
    return this.#store.read(async (tx) => {
      if (actor.role !== 'feldsher') return stationRepository.listActive(tx);
      const own = actor.stationId && (await stationRepository.find(tx, actor.stationId));
      return own ? [own] : [];
    });
  }

  /** Throws `station.not_found`. */
  async getStation(id: StationId | null): Promise<Station> {
    const station = id && (await this.#store.read((tx) => stationRepository.find(tx, id)));
    if (!station) throw new DomainError('station.not_found');
    return station;
  }
}
