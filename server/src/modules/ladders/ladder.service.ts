import type { LadderId, PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { newestMade } from '@jaqyn/shared/kernel/newest-made';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { type Ladder, type LadderRung, type LadderStep, MIN_RUNG_SECONDS } from '@jaqyn/shared/ladders/ladder.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import type { Presence, StaffService } from '../staff/staff.service.ts';
import { expandLadder, type LadderPerson, type PlannedRung } from './expand-ladder.ts';
import { ladderRepository, type StoredLadder } from './ladder.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly staff: Pick<StaffService, 'assertSpecialty'>;
  readonly presence: Presence;
  /** Seconds a rung of the built-in ladder rings. */
  readonly ringSeconds: number;
}

interface Place {
  readonly specialty: SpecialtyCode;
  readonly region: string | null;
}

type LadderChange = Pick<StoredLadder, 'specialty' | 'region' | 'effectiveFrom' | 'steps'> & {
  readonly seenId: LadderId | null;
};

/** Whom a call rings and for how long: editable per specialty and region, each edition in force from a moment on. */
export class LadderService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #staff: Pick<StaffService, 'assertSpecialty'>;
  readonly #presence: Presence;
  /** What rings where nobody has written a ladder: the roster's ranks one after another. */
  readonly builtIn: readonly LadderStep[];

  constructor({ store, clock, staff, presence, ringSeconds }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#staff = staff;
    this.#presence = presence;
    this.builtIn = [
      { kind: 'on_call', seconds: ringSeconds, reach: 'country' },
      { kind: 'backup', seconds: ringSeconds, reach: 'country' },
    ];
  }

  /** For a unit of work of another module: the ladder a call of this place begins with; null is the built-in one. */
  async findInForce(tx: Tx, at: Instant, { specialty, region }: Place): Promise<LadderId | null> {
    const inForce = await ladderRepository.listInForce(tx, at, specialty, region);
    // The nearest place that has one: specialty and region, specialty, region, everywhere. An empty one gives its place back.
    const scopes: readonly [SpecialtyCode | null, string | null][] = [
      [specialty, region],
      [specialty, null],
      [null, region],
      [null, null],
    ];
    for (const [ofSpecialty, ofRegion] of scopes) {
      const newest = inForce.find((one) => one.specialty === ofSpecialty && one.region === ofRegion);
      if (newest !== undefined && newest.steps.length > 0) return newest.id;
    }
    return null;
  }

  /** For a unit of work of another module: the rungs of a ladder with those who can be rung now. */
  async plan(tx: Tx, at: Instant, place: Place & { readonly ladderId: LadderId | null }): Promise<PlannedRung[]> {
    const ladder = place.ladderId === null ? undefined : await ladderRepository.find(tx, place.ladderId);
    return this.#expand(tx, at, place, ladder?.steps ?? this.builtIn);
  }

  /** For a unit of work of another module: somebody asked for by name, undefined when they cannot be rung. */
  async findPerson(
    tx: Tx,
    at: Instant,
    specialty: SpecialtyCode,
    id: PractitionerId,
  ): Promise<LadderPerson | undefined> {
    return (await ladderRepository.listPeople(tx, at, specialty, [id])).find((one) => one.practitionerId === id);
  }

  /** For a unit of work of another module: where a station is; null where nobody has said it. */
  regionOfStation(tx: Tx, stationId: string): Promise<string | null> {
    return ladderRepository.findStationRegion(tx, stationId);
  }

  async list(actor: Actor) {
    const at = this.#clock.instant();
    return this.#store.read(async (tx) => ({
      ladders: withStates(await ladderRepository.list(tx), at),
      // A test's rung may ring for less than anybody may write down.
      builtIn: this.builtIn.map((step) =>
        step.kind === 'phone' ? step : { ...step, seconds: Math.max(MIN_RUNG_SECONDS, Math.round(step.seconds)) },
      ),
      specialists: await ladderRepository.listSpecialists(tx),
      organizations: await ladderRepository.listHospitals(tx),
      ownRegion: await regionOf(tx, actor),
    }));
  }

  /**
   * Adds an edition; one that would begin in the past begins now. Throws `ladder.foreign_region` outside of the coordinator's oblast,
   * `ladder.changed` when somebody made one of this place that `seenId` does not know, `ladder.unknown_person`,
   * `specialty.not_found`, `idempotency.key_reused` for a known id with another content.
   */
  save(actor: Actor, id: LadderId, change: LadderChange): Promise<Ladder> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const own = await regionOf(tx, actor);
      if (own !== null && change.region !== own) throw new DomainError('ladder.foreign_region');
      const stored = await ladderRepository.find(tx, id);
      if (stored === undefined) {
        const { seenId, ...ladder } = change;
        const here = (await ladderRepository.list(tx)).filter((one) => isSamePlace(one, change));
        if ((newestMade(here)?.id ?? null) !== seenId) throw new DomainError('ladder.changed');
        await this.#assertKnown(tx, change);
        const effectiveFrom = change.effectiveFrom < at ? at : change.effectiveFrom;
        await ladderRepository.insert(tx, { ...ladder, id, effectiveFrom, createdBy: actor.userId, createdAt: at });
        await auditLog.append(tx, {
          at,
          actor,
          action: 'ladder.save',
          entityType: 'ladder',
          entityId: id,
          detail: { specialty: change.specialty, region: change.region, effectiveFrom, rungs: change.steps.length },
        });
      } else if (!isSame(stored, change) || stored.createdBy !== actor.userId) {
        throw new DomainError('idempotency.key_reused');
      }
      const saved = withStates(await ladderRepository.list(tx), at).find((one) => one.id === id);
      if (saved === undefined) throw new DomainError('server.internal');
      return saved;
    });
  }

  /** Whom it would ring now. Throws `specialty.not_found`. */
  async preview(place: Place & { readonly steps?: readonly LadderStep[] | undefined }): Promise<LadderRung[]> {
    const at = this.#clock.instant();
    const rungs = await this.#store.read(async (tx) => {
      await this.#staff.assertSpecialty(tx, place.specialty);
      if (place.steps !== undefined) return this.#expand(tx, at, place, place.steps);
      return this.plan(tx, at, { ...place, ladderId: await this.findInForce(tx, at, place) });
    });
    return rungs.map(({ kind, seconds, people, phones }) => ({
      kind,
      seconds,
      people: people
        .filter(({ isInCall }) => !isInCall)
        .map(({ practitionerId, displayName, organizationName, userId }) => ({
          id: practitionerId,
          displayName,
          organizationName: { ...organizationName },
          isReachable: this.#presence.isOnline(userId),
        })),
      skipped: people
        .filter(({ isInCall }) => isInCall)
        .map(({ displayName }) => ({ displayName, why: 'in_call' as const })),
      phones: [...phones],
    }));
  }

  async #expand(tx: Tx, at: Instant, place: Place, steps: readonly LadderStep[]): Promise<PlannedRung[]> {
    const named = steps.flatMap((step) => (step.kind === 'head' ? step.practitionerIds : []));
    const people = await ladderRepository.listPeople(tx, at, place.specialty, named);
    return expandLadder(steps, people, place.region);
  }

  async #assertKnown(tx: Tx, { specialty, region, steps }: LadderChange): Promise<void> {
    if (specialty !== null) await this.#staff.assertSpecialty(tx, specialty);
    if (region !== null && !(await ladderRepository.hasRegion(tx, region))) {
      throw new DomainError('request.invalid', { fields: [{ path: 'region', code: 'unknown' }] });
    }
    const people = new Set((await ladderRepository.listSpecialists(tx)).map(({ id }) => id));
    const hospitals = new Set((await ladderRepository.listHospitals(tx)).map(({ id }) => id));
    const isKnown = steps.every((step) => {
      if (step.kind === 'head') return step.practitionerIds.every((id) => people.has(id));
      return step.kind !== 'neighbour' || hospitals.has(step.organizationId);
    });
    if (!isKnown) throw new DomainError('ladder.unknown_person');
  }
}

async function regionOf(tx: Tx, actor: Actor): Promise<string | null> {
  return actor.role === 'coordinator' ? ladderRepository.findCoordinatorRegion(tx, actor.userId) : null;
}

function isSame(stored: StoredLadder, change: LadderChange): boolean {
  return isSamePlace(stored, change) && canonicalize(stored.steps) === canonicalize(change.steps);
}

type Scope = Pick<StoredLadder, 'specialty' | 'region'>;

function isSamePlace(one: Scope, other: Scope): boolean {
  return one.specialty === other.specialty && one.region === other.region;
}

/** `newestFirst`: of each place the first that has begun is in force. */
function withStates(newestFirst: readonly StoredLadder[], at: Instant): Ladder[] {
  const begun = new Set<string>();
  return newestFirst.map(({ createdBy: _by, steps, ...ladder }) => {
    const scope = `${ladder.specialty} ${ladder.region}`;
    if (ladder.effectiveFrom > at) return { ...ladder, steps: [...steps], state: 'to_come' };
    const state = begun.has(scope) ? 'replaced' : 'in_force';
    begun.add(scope);
    return { ...ladder, steps: [...steps], state };
  });
}
