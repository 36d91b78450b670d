import { isIn, RINGING_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import type {
  CallRung,
  StationQuestion,
  TriageDecision,
  WaitingClock,
} from '@jaqyn/shared/consultations/progress.contract';
import { UNDO_SECONDS } from '@jaqyn/shared/consultations/triage.contract';
import { limitOf, phaseOf, type WaitingLimits } from '@jaqyn/shared/consultations/waiting-limit.contract';
import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { PlannedRung } from '../ladders/expand-ladder.ts';
import type { LadderService } from '../ladders/ladder.service.ts';
import type { Presence } from '../staff/staff.service.ts';
import { CallLadder } from './call-ladder.ts';
import { type CallRungRow, callRungRepository } from './call-rung.repository.ts';
import type { RequestRow } from './consultation.repository.ts';
import { ringRepository } from './ring.repository.ts';
import { triageRepository } from './triage.repository.ts';
import { findWaitingLimits } from './waiting-limit.service.ts';

export interface Progress {
  readonly rungs: CallRung[];
  readonly waiting: WaitingClock | null;
  readonly questions: StationQuestion[];
  readonly decision: TriageDecision | null;
}

/** States in which a call is being made or has just found nobody. */
const CALLED = [...RINGING_STATES, 'in_triage', 'interrupted', 'in_call'] as const;

/** How far requests have come: rungs of the call, the waiting clock, questions, the last decision. */
export class ConsultationProgress {
  readonly #clock: Clock;
  readonly #presence: Presence;
  readonly #ladder: CallLadder;

  constructor({ clock, presence, ladders }: { clock: Clock; presence: Presence; ladders: LadderService }) {
    this.#clock = clock;
    this.#presence = presence;
    this.#ladder = new CallLadder(ladders);
  }

  /** By id. The rungs ahead are asked for only of a single request: each needs the rosters of the moment. */
  async read(tx: Tx, requests: readonly RequestRow[]): Promise<Map<string, Progress>> {
    const at = this.#clock.instant();
    const ids = requests.map(({ id }) => id as RequestId);
    const called = requests.filter(({ status, callAttempt }) => callAttempt > 0 && isIn(status, CALLED));
    const limits = await findWaitingLimits(tx, at);
    const rungs = await this.#listRungs(tx, called);
    const questions = await triageRepository.listQuestions(tx, ids);
    const decisions = await triageRepository.listLastDecisions(tx, ids);
    const [only] = requests.length === 1 ? called : [];
    const ahead =
      only !== undefined && isIn(only.status, RINGING_STATES) ? await this.#ladder.listAhead(tx, only, at) : [];
    return new Map(
      requests.map((request) => [
        request.id,
        {
          rungs: [...(rungs.get(request.id) ?? []), ...ahead.map((rung) => this.#toAhead(rung))],
          waiting: waitingClock(request, limits),
          questions: questions
            .filter(({ question }) => question.requestId === request.id)
            .map(({ question, askedBy, answeredBy }) => ({
              id: question.id as StationQuestion['id'],
              question: question.question,
              askedBy,
              askedAt: question.askedAt as Instant,
              answer:
                question.answer === null || question.answeredAt === null
                  ? null
                  : { text: question.answer, by: answeredBy ?? '', at: question.answeredAt as Instant },
            })),
          decision: toDecision(decisions.find(({ decision }) => decision.requestId === request.id)),
        },
      ]),
    );
  }

  async #listRungs(tx: Tx, called: readonly RequestRow[]): Promise<Map<string, CallRung[]>> {
    const ids = called.map(({ id }) => id as RequestId);
    const rows = await callRungRepository.listOfLastCalls(tx, ids);
    const rings = await ringRepository.listOfRequests(tx, ids);
    const byRequest = new Map<string, CallRung[]>();
    for (const row of rows) {
      const people = rings.filter(
        (ring) => ring.requestId === row.requestId && ring.attempt === row.attempt && ring.rank === row.position,
      );
      const list = byRequest.get(row.requestId) ?? [];
      byRequest.set(row.requestId, list);
      list.push(this.#toRung(row, people));
    }
    return byRequest;
  }

  #toRung(row: CallRungRow, people: Awaited<ReturnType<typeof ringRepository.listOfRequests>>): CallRung {
    return {
      kind: row.kind,
      outcome: row.outcome,
      startedAt: row.startedAt as Instant,
      endsAt: row.outcome === 'ringing' ? (row.endsAt as Instant | null) : null,
      seconds: row.endsAt === null ? null : (Date.parse(row.endsAt) - Date.parse(row.startedAt)) / 1000,
      people: people.map(({ displayName, userId, outcome }) => ({
        displayName,
        isReachable: this.#presence.isOnline(userId as UserId),
        outcome,
      })),
      skipped: row.skipped.map(({ displayName, why }) => ({ displayName, why })),
      phones: [...row.phones],
    };
  }

  #toAhead(rung: PlannedRung): CallRung {
    return {
      kind: rung.kind,
      outcome: null,
      startedAt: null,
      endsAt: null,
      seconds: rung.seconds,
      people: rung.people
        .filter(({ isInCall }) => !isInCall)
        .map(({ displayName, userId }) => ({
          displayName,
          isReachable: this.#presence.isOnline(userId),
          outcome: null,
        })),
      skipped: rung.people
        .filter(({ isInCall }) => isInCall)
        .map(({ displayName }) => ({ displayName, why: 'in_call' as const })),
      phones: [...rung.phones],
    };
  }
}

function waitingClock(
  request: Pick<
    RequestRow,
    'status' | 'askedFrom' | 'phaseSince' | 'createdAt' | 'statusChangedAt' | 'pausedAt' | 'urgency'
  >,
  limits: WaitingLimits,
): WaitingClock | null {
  const phase = phaseOf(request.status, request.askedFrom);
  if (phase === undefined) return null;
  // Rows of before waiting was measured.
  const since = request.phaseSince ?? (phase === 'answer' ? request.createdAt : request.statusChangedAt);
  const { heed, limit } = limitOf(limits, phase, request.urgency);
  return {
    phase,
    since: since as Instant,
    pausedAt: request.pausedAt as Instant | null,
    heedAt: plusMinutes(since, heed),
    dueAt: plusMinutes(since, limit),
  };
}

function plusMinutes(since: string, minutes: number): Instant {
  return toInstant(new Date(Date.parse(since) + minutes * 60_000));
}

function toDecision(
  row: Awaited<ReturnType<typeof triageRepository.listLastDecisions>>[number] | undefined,
): TriageDecision | null {
  if (row === undefined) return null;
  const { kind, decidedAt, reason, note } = row.decision;
  return {
    kind,
    by: row.by,
    at: decidedAt as Instant,
    reason,
    note,
    undoUntil: toInstant(new Date(Date.parse(decidedAt) + UNDO_SECONDS * 1000)),
  };
}
