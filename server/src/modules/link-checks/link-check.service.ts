import type { LinkCheckId, StationId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import { CHECK_GRADES, gradeOfCheck } from '@jaqyn/shared/link-checks/judge-check';
import type { DiaryCall, LinkCheck, StationLink, StoredLinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { linkCheckRepository } from './link-check.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A computer that checks all day is not looked at more closely for it. */
const MAX_A_DAY = 200;
/** The diary shows three months; a year is kept. */
const KEPT_DAYS = 400;

/**
 * What computers found out about themselves and their links before a consult needed them: a station's network diary. It is about
 * machines, not about patients, so nothing of it is in the audit log.
 */
export class LinkCheckService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Keeps a check; the same one said again within the hour (the speaker was asked about later) holds the newer word. Throws
   * `idempotency.key_reused` for somebody else's or an old one, `request.rate_limited` past 200 a day.
   */
  save(actor: Actor, id: LinkCheckId, found: LinkCheck): Promise<StoredLinkCheck> {
    const now = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await linkCheckRepository.find(tx, id);
      if (stored !== undefined && (stored.userId !== actor.userId || stored.at < this.#before(HOUR_MS))) {
        throw new DomainError('idempotency.key_reused');
      }
      if (stored === undefined) {
        const today = await linkCheckRepository.countOf(tx, actor.userId, this.#before(DAY_MS));
        if (today >= MAX_A_DAY) throw new DomainError('request.rate_limited');
        await linkCheckRepository.forget(tx, actor.userId, this.#before(KEPT_DAYS * DAY_MS));
      }
      const check = { ...found, id, at: stored?.at ?? now, stationId: actor.stationId, grade: gradeOfCheck(found) };
      await linkCheckRepository.save(tx, { ...check, userId: actor.userId });
      return { ...check, userName: actor.displayName } as StoredLinkCheck;
    });
  }

  /** Throws `station.not_found` for a station that is not the caller's to know. */
  async list(
    actor: Actor,
    { stationId, days }: { readonly stationId?: StationId | undefined; readonly days: number },
  ): Promise<{ checks: StoredLinkCheck[]; calls: DiaryCall[] }> {
    const from = this.#before(days * DAY_MS);
    return this.#store.read(async (tx) => {
      if (actor.role === 'specialist') {
        if (stationId !== undefined) throw new DomainError('station.not_found');
        return { checks: await linkCheckRepository.list(tx, { userId: actor.userId }, from), calls: [] };
      }
      const id = await this.#stationFor(tx, actor, stationId);
      return {
        checks: await linkCheckRepository.list(tx, { stationId: id }, from),
        calls: await linkCheckRepository.listCalls(tx, id, from),
      };
    });
  }

  /** The worst first; those that never checked come after those that failed. */
  async listStations(actor: Actor): Promise<{ stations: StationLink[] }> {
    return this.#store.read(async (tx) => {
      const region = await linkCheckRepository.findCoordinatorRegion(tx, actor.userId);
      const stations = await linkCheckRepository.listStations(tx, region, this.#before(7 * DAY_MS));
      return { stations: stations.sort((a, b) => worry(b) - worry(a)) };
    });
  }

  async #stationFor(tx: Tx, actor: Actor, asked: StationId | undefined): Promise<StationId> {
    if (actor.role !== 'coordinator') {
      if (actor.stationId === null || (asked !== undefined && asked !== actor.stationId)) {
        throw new DomainError('station.not_found');
      }
      return actor.stationId;
    }
    const region = asked && (await linkCheckRepository.findStationRegion(tx, asked));
    if (asked === undefined || region === undefined) throw new DomainError('station.not_found');
    const own = await linkCheckRepository.findCoordinatorRegion(tx, actor.userId);
    if (own !== null && own !== region) throw new DomainError('station.not_found');
    return asked;
  }

  #before(ms: number): Instant {
    return toInstant(new Date(this.#clock.now().getTime() - ms));
  }
}

function worry({ last }: StationLink): number {
  return last === null ? 1.5 : CHECK_GRADES.indexOf(last.grade);
}
