import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { OrganizationId, PractitionerId, UserId } from '@jaqyn/shared/kernel/ids';
import type { LadderPhone, LadderStep, RungKind } from '@jaqyn/shared/ladders/ladder.contract';

/** Somebody who can be rung now: switched on, with a user who is not disabled. */
export interface LadderPerson {
  readonly practitionerId: PractitionerId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly organizationId: OrganizationId;
  readonly organizationName: { readonly kk: string; readonly ru: string; readonly en: string };
  /** Null: their hospital belongs to the whole country. */
  readonly region: string | null;
  /** The roster's rank now; null for who is not on call. */
  readonly rank: number | null;
  readonly isInCall: boolean;
}

export interface PlannedRung {
  readonly kind: Exclude<RungKind, 'chosen' | 'busy'>;
  /** Index of the step; of a step with several rungs the roster's rank tells them apart. */
  readonly step: number;
  readonly rank: number;
  /** Null where nothing rings. */
  readonly seconds: number | null;
  readonly people: readonly LadderPerson[];
  readonly phones: readonly LadderPhone[];
}

/**
 * The rungs a ladder comes to with these people, from the bottom up, each person on the first that has them. Ends with numbers
 * always: where the ladder names none, those every station knows (the coordinator's, 103).
 */
export function expandLadder(
  steps: readonly LadderStep[],
  people: readonly LadderPerson[],
  region: string | null,
): PlannedRung[] {
  const taken = new Set<PractitionerId>();
  const onCall = people.filter(({ rank }) => rank !== null);
  const rungs: PlannedRung[] = [];
  const add = (rung: PlannedRung) => {
    const left = rung.people.filter(({ practitionerId }) => !taken.has(practitionerId));
    for (const { practitionerId } of left) taken.add(practitionerId);
    rungs.push({ ...rung, people: left });
  };
  for (const [index, step] of steps.entries()) {
    switch (step.kind) {
      case 'on_call': {
        const reached = onCall.filter((person) => isReached(person, step.reach, region));
        const rank = lowestRank(reached);
        const rung = reached.filter((person) => person.rank === rank);
        add({ kind: step.kind, step: index, rank: rank ?? 0, seconds: step.seconds, people: rung, phones: [] });
        break;
      }
      case 'backup': {
        const reached = onCall.filter(
          (person) => isReached(person, step.reach, region) && !taken.has(person.practitionerId),
        );
        const ranks = [...new Set(reached.map(({ rank }) => rank ?? 0))].sort((a, b) => a - b);
        for (const rank of ranks.length === 0 ? [0] : ranks) {
          const rung = reached.filter((person) => person.rank === rank);
          add({ kind: step.kind, step: index, rank, seconds: step.seconds, people: rung, phones: [] });
        }
        break;
      }
      case 'head': {
        const named = people.filter(({ practitionerId }) => step.practitionerIds.includes(practitionerId));
        add({ kind: step.kind, step: index, rank: 0, seconds: step.seconds, people: named, phones: [] });
        break;
      }
      case 'neighbour': {
        const there = onCall.filter(({ organizationId }) => organizationId === step.organizationId);
        add({ kind: step.kind, step: index, rank: 0, seconds: step.seconds, people: there, phones: [] });
        break;
      }
      case 'phone':
        add({ kind: step.kind, step: index, rank: 0, seconds: null, people: [], phones: step.phones });
        break;
      default:
        assertUnreachable(step);
    }
  }
  if (rungs.at(-1)?.kind !== 'phone') {
    rungs.push({ kind: 'phone', step: steps.length, rank: 0, seconds: null, people: [], phones: [] });
  }
  return rungs;
}

function isReached({ region: theirs }: LadderPerson, reach: 'region' | 'country', region: string | null): boolean {
  return reach === 'country' || theirs === null || region === null || theirs === region;
}

function lowestRank(people: readonly LadderPerson[]): number | undefined {
  return people.length === 0 ? undefined : Math.min(...people.map(({ rank }) => rank ?? Number.POSITIVE_INFINITY));
}
