import type { LadderId, PractitionerId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { RungKind } from '@jaqyn/shared/ladders/ladder.contract';
import type { Tx } from '../../db/store.ts';
import { newId } from '../../kernel/ids.ts';
import type { Outbox } from '../../kernel/outbox.ts';
import type { LadderPerson, PlannedRung } from '../ladders/expand-ladder.ts';
import type { LadderService } from '../ladders/ladder.service.ts';
import { type CallRungRow, callRungRepository, type Skipped } from './call-rung.repository.ts';
import type { RequestRow } from './consultation.repository.ts';
import { ringRepository } from './ring.repository.ts';

/** The rung that rings now. */
interface LiveRung {
  readonly kind: RungKind;
  readonly position: number;
  readonly endsAt: Instant;
}

/** Before every step of the ladder, and after every step of it. */
const CHOSEN_STEP = -1;
const BUSY_STEP = 1000;

/**
 * Climbs the ladder of one call, a rung at a time, inside the caller's unit of work. Where it stands is in the database, and who is on
 * each rung is asked when it is reached, so nothing is forgotten by a restart and nobody is rung by a roster of ten minutes ago.
 */
export class CallLadder {
  readonly #ladders: LadderService;

  constructor(ladders: LadderService) {
    this.#ladders = ladders;
  }

  /** The ladder a call that begins now climbs. */
  async choose(tx: Tx, row: RequestRow, at: Instant): Promise<LadderId | null> {
    return this.#ladders.findInForce(tx, at, await this.#placeOf(tx, row));
  }

  /** The rungs ahead with who is on them now; without those already come to. */
  async listAhead(tx: Tx, row: RequestRow, at: Instant): Promise<PlannedRung[]> {
    const passed = await callRungRepository.listOfLastCalls(tx, [row.id as RequestId]);
    return (await this.#plan(tx, row, at)).filter((rung) => isAfter(rung, lastStep(passed)));
  }

  /**
   * Rings the next rung that has somebody free. Who is in another call is left out as long as anybody else is left, and rung after all
   * of them. Undefined when no rung is left: then numbers to call are shown. `first`: somebody asked for by name.
   */
  async climb(
    tx: Tx,
    row: RequestRow,
    at: Instant,
    outbox: Outbox,
    first?: PractitionerId,
  ): Promise<LiveRung | undefined> {
    const requestId = row.id as RequestId;
    const passed = await callRungRepository.listOfLastCalls(tx, [requestId]);
    const rung = new Set(await ringRepository.listRungIn(tx, requestId, row.callAttempt));
    const plan = await this.#plan(tx, row, at);
    const ahead = plan.filter((planned) => isAfter(planned, lastStep(passed)));
    const chosen = first && passed.length === 0 ? await this.#chosen(tx, row, at, first, plan) : undefined;
    let position = passed.length;
    const busy = new Map<PractitionerId, LadderPerson>();
    const climbed = (planned: Pick<CallRungRow, 'kind' | 'step' | 'rank' | 'phones'>) => {
      position += 1;
      return {
        ...planned,
        id: newId<string>(),
        requestId,
        attempt: row.callAttempt,
        position,
        startedAt: at,
        endsAt: null,
        endedAt: at,
        skipped: [],
      };
    };

    for (const planned of chosen ? [chosen, ...ahead] : ahead) {
      if (planned.kind === 'phone') continue;
      const left = planned.people.filter(({ practitionerId }) => !rung.has(practitionerId));
      // All of it has been rung under another name.
      if (left.length === 0 && planned.people.length > 0) continue;
      const free = left.filter(({ isInCall }) => !isInCall);
      const skipped = left.filter(({ isInCall }) => isInCall).map(toSkipped);
      if (free.length > 0) {
        const endsAt = later(at, planned.seconds);
        await callRungRepository.insert(tx, {
          ...climbed(planned),
          endsAt,
          endedAt: null,
          outcome: 'ringing',
          skipped,
        });
        await this.#ring(tx, row, free, position, at, outbox);
        return { kind: planned.kind, position, endsAt };
      }
      for (const person of left) busy.set(person.practitionerId, person);
      await callRungRepository.insert(tx, { ...climbed(planned), outcome: 'skipped', skipped });
    }

    if (!passed.some(({ kind }) => kind === 'busy')) {
      for (const { people } of plan) {
        for (const person of people) if (!rung.has(person.practitionerId)) busy.set(person.practitionerId, person);
      }
      if (busy.size > 0) {
        const seconds = plan.find((planned) => planned.seconds !== null)?.seconds ?? null;
        const endsAt = later(at, seconds);
        const last = climbed({ kind: 'busy', step: BUSY_STEP, rank: 0, phones: [] });
        await callRungRepository.insert(tx, { ...last, endsAt, endedAt: null, outcome: 'ringing' });
        await this.#ring(tx, row, [...busy.values()], position, at, outbox);
        return { kind: 'busy', position, endsAt };
      }
    }
    const phones = plan.find(({ kind }) => kind === 'phone')?.phones ?? [];
    const top = climbed({ kind: 'phone', step: BUSY_STEP + 1, rank: 0, phones: [...phones] });
    await callRungRepository.insert(tx, { ...top, endedAt: null, outcome: 'shown' });
    return undefined;
  }

  async #chosen(
    tx: Tx,
    row: RequestRow,
    at: Instant,
    id: PractitionerId,
    plan: readonly PlannedRung[],
  ): Promise<(Omit<PlannedRung, 'kind'> & { kind: 'chosen' }) | undefined> {
    const person = await this.#ladders.findPerson(tx, at, row.specialty as SpecialtyCode, id);
    if (person === undefined) return undefined;
    const seconds = plan.find((planned) => planned.seconds !== null)?.seconds ?? null;
    return { kind: 'chosen', step: CHOSEN_STEP, rank: 0, seconds, people: [person], phones: [] };
  }

  async #plan(tx: Tx, row: RequestRow, at: Instant): Promise<PlannedRung[]> {
    return this.#ladders.plan(tx, at, {
      ...(await this.#placeOf(tx, row)),
      ladderId: row.ladderId as LadderId | null,
    });
  }

  async #placeOf(tx: Tx, row: RequestRow): Promise<{ specialty: SpecialtyCode; region: string | null }> {
    return {
      specialty: row.specialty as SpecialtyCode,
      region: row.region ?? (await this.#ladders.regionOfStation(tx, row.stationId)),
    };
  }

  async #ring(
    tx: Tx,
    row: RequestRow,
    people: readonly LadderPerson[],
    position: number,
    at: Instant,
    outbox: Outbox,
  ): Promise<void> {
    const requestId = row.id as RequestId;
    for (const { practitionerId } of people) {
      await ringRepository.insert(tx, {
        id: newId<string>(),
        requestId,
        practitionerId,
        rank: position,
        attempt: row.callAttempt,
        startedAt: at,
      });
    }
    outbox.push(['ring:started', { requestId, userIds: people.map(({ userId }) => userId) }]);
  }
}

function toSkipped({ practitionerId, displayName }: LadderPerson): Skipped {
  return { practitionerId, displayName, why: 'in_call' };
}

function lastStep(passed: readonly CallRungRow[]): Pick<PlannedRung, 'step' | 'rank'> {
  return passed.reduce((last, one) => (isAfter(one, last) ? { step: one.step, rank: one.rank } : last), {
    step: CHOSEN_STEP,
    rank: 0,
  });
}

function isAfter(one: Pick<PlannedRung, 'step' | 'rank'>, other: Pick<PlannedRung, 'step' | 'rank'>): boolean {
  return one.step > other.step || (one.step === other.step && one.rank > other.rank);
}

function later(at: Instant, seconds: number | null): Instant {
  return toInstant(new Date(Date.parse(at) + (seconds ?? 0) * 1000));
}
