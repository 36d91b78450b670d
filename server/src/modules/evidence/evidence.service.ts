import { createHash } from 'node:crypto';
import type { Evidence } from '@jaqyn/shared/evidence/evidence.contract';
import {
  type ConsultFacts,
  EvidenceLimits,
  FIRST_LIMITS,
  type Judgement,
  judge,
} from '@jaqyn/shared/evidence/judgement';
import { type Measure, measure } from '@jaqyn/shared/evidence/measure';
import type { PatientConfirmation } from '@jaqyn/shared/evidence/patient-confirmation.contract';
import { overlap, type Span, secondsOf } from '@jaqyn/shared/evidence/spans';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, localDate, toInstant } from '@jaqyn/shared/kernel/time';
import { addDays, fromMinute, minuteAt } from '@jaqyn/shared/scheduling/local-day';
import { type LicenceDays, licensedSpans } from '@jaqyn/shared/staff/licence';
import * as z from 'zod/mini';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import type { ConsultationLoader } from '../consultations/consultation.loader.ts';
import type { EvidenceKeeper } from '../consultations/evidence-keeper.ts';
import { evidenceRepository, type IntervalRow, type StayRow } from './evidence.repository.ts';
import { patientConfirmationRepository } from './patient-confirmation.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly loader: Pick<ConsultationLoader, 'getRow'>;
}

type Consult = { readonly id: string; readonly practitionerId: string | null };
type RequestRow = Awaited<ReturnType<ConsultationLoader['getRow']>>;

/** What was measured of a consult: shown, judged, frozen under a preview and bound by the signature. */
export class EvidenceService implements EvidenceKeeper {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #loader: Pick<ConsultationLoader, 'getRow'>;
  readonly #reads: ReadLog;

  constructor({ store, clock, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#loader = loader;
    this.#reads = new ReadLog({ store, clock });
  }

  /** Throws `consultation.not_found`. What was signed is shown as it was signed. */
  async getEvidence(
    actor: Actor,
    id: RequestId,
  ): Promise<
    {
      evidence: Evidence;
      signedSha256: string | null;
    } & Judged
  > {
    const found = await this.#store.read(async (tx) => {
      const row = await this.#loader.getRow(tx, actor, 'read_evidence', id);
      const composition = await evidenceRepository.findNewestComposition(tx, id);
      const frozen = composition && (await evidenceRepository.find(tx, composition.id));
      const { evidence, measured } = await this.#build(tx, row);
      const signed = frozen?.isSigned === true ? frozen : undefined;
      return {
        evidence: signed === undefined ? evidence : (JSON.parse(signed.canonical) as Evidence),
        signedSha256: signed?.sha256 ?? null,
        ...(await this.#judge(tx, row, measured, composition?.id)),
      };
    });
    await this.#reads.record(actor, {
      action: 'consultation.read_evidence',
      entityType: 'consultation',
      entityIds: [id],
    });
    return found;
  }

  async freeze(requestId: RequestId, compositionId: string, version: number): Promise<string> {
    return this.#store.transaction(async (tx) => {
      const row = await evidenceRepository.findConsult(tx, requestId);
      if (row === undefined) throw new DomainError('consultation.not_found');
      const { evidence } = await this.#build(tx, row);
      const frozen = await evidenceRepository.find(tx, compositionId);
      if (frozen?.isSigned === true || (frozen?.version === version && isSameMeasure(frozen.canonical, evidence))) {
        return frozen.canonical;
      }
      const canonical = canonicalize(evidence);
      const sha256 = createHash('sha256').update(canonical, 'utf8').digest('hex');
      await evidenceRepository.save(tx, { compositionId, requestId, version, canonical, sha256, isSigned: false });
      return canonical;
    });
  }

  async findFrozen(compositionId: string, version: number): Promise<string | undefined> {
    const frozen = await this.#store.read((tx) => evidenceRepository.find(tx, compositionId));
    return frozen?.version === version ? frozen.canonical : undefined;
  }

  async findSealed(tx: Tx, compositionId: string): Promise<{ canonical: string; sha256: string } | undefined> {
    const found = await evidenceRepository.find(tx, compositionId);
    return found?.isSigned === true ? { canonical: found.canonical, sha256: found.sha256 } : undefined;
  }

  seal(tx: Tx, compositionId: string, canonical: string): Promise<boolean> {
    const sha256 = createHash('sha256').update(canonical, 'utf8').digest('hex');
    return evidenceRepository.seal(tx, compositionId, sha256);
  }

  async #build(tx: Tx, { id, practitionerId }: Consult): Promise<{ evidence: Evidence; measured: Measured }> {
    const requestId = id as RequestId;
    const stays = await evidenceRepository.listStays(tx, requestId);
    const intervals = await evidenceRepository.listIntervals(tx, requestId);
    const byPeer = new Map(stays.map((stay) => [stay.peerId, stay]));
    const measured = measure(
      stays.map((stay) => ({
        userId: stay.userId,
        side: stay.side,
        session: stay.sessionHash,
        network: stay.networkHash,
        span: spanOf(stay.joinedAt, stay.seenAt),
      })),
      intervals.flatMap(({ peerId, direction, kind, startedAt, endedAt }) => {
        const stay = byPeer.get(peerId);
        if (stay === undefined) return [];
        return [{ userId: stay.userId, side: stay.side, direction, kind, span: spanOf(startedAt, endedAt) }];
      }),
    );
    const today = localDate(this.#clock.instant());
    const licence =
      practitionerId === null ? undefined : await evidenceRepository.findLicence(tx, practitionerId, today);
    const evidence = {
      schema: 'jaqyn.evidence/1',
      requestId,
      measuredUntil:
        stays
          .map(({ seenAt }) => seenAt)
          .sort()
          .at(-1) ?? null,
      participants: listParticipants(stays, intervals),
      together: measured.togetherSeconds,
      twoWayAudio: measured.twoWayAudioSeconds,
      voiceOnly: measured.voiceOnlySeconds,
      licence: licence ?? null,
      log: await auditLog.head(tx),
    } as Evidence;
    return { evidence, measured: { ...measured, stays } };
  }

  async #judge(tx: Tx, row: RequestRow, measured: Measured, compositionId: string | undefined): Promise<Judged> {
    const story = await evidenceRepository.listLogged(tx, 'consultation', row.id);
    const writing =
      compositionId === undefined ? [] : await evidenceRepository.listLogged(tx, 'conclusion', compositionId);
    const when = (entries: typeof story, action: string) => entries.find((entry) => entry.action === action);
    const sign = when(story, 'consultation.sign');
    const save = writing.findLast(({ action }) => action === 'conclusion.save');
    const signed = await evidenceRepository.findSigned(tx, row.id);
    const logged = sign === undefined ? null : await evidenceRepository.findLatestBefore(tx, sign.seq);
    const licences = row.practitionerId === null ? [] : await evidenceRepository.listLicences(tx, row.practitionerId);
    const confirmation = await patientConfirmationRepository.findLatest(tx, row.id);
    const facts: ConsultFacts = {
      mode: row.answeredAt !== null || measured.stays.length > 0 ? 'call' : 'async',
      ...measured,
      elsewhereSeconds: await this.#secondsElsewhere(tx, row, measured),
      createdAt: Date.parse(row.createdAt),
      chartSavedAt: timeOf(save?.at),
      signedAt: timeOf(signed?.signedAt),
      signatureLoggedAt: timeOf(logged),
      licence: licensedTimes(licences, localDate(toInstant(new Date(measured.callFrom ?? Date.parse(row.createdAt))))),
      acknowledgedAt: timeOf(when(story, 'consultation.acknowledge')?.at),
      isPatientConfirmed: confirmation && confirmation.answer === 'yes',
    };
    const limits = await evidenceRepository.findLimits(tx, row.createdAt);
    const parsed = limits && z.parse(EvidenceLimits, JSON.parse(limits.limits));
    return {
      judgement: judge(facts, parsed ?? FIRST_LIMITS, limits?.effectiveFrom ?? ''),
      confirmation: confirmation ?? null,
    };
  }

  /** In which the specialist sat in another consult's room, too. */
  async #secondsElsewhere(tx: Tx, row: RequestRow, { together, callFrom, callTo }: Measured): Promise<number> {
    if (row.practitionerId === null || callFrom === null || callTo === null) return 0;
    const [from, to] = [new Date(callFrom).toISOString(), new Date(callTo).toISOString()];
    const spans: Span[] = [];
    for (const userId of await evidenceRepository.listUserIds(tx, row.practitionerId)) {
      for (const stay of await evidenceRepository.listStaysElsewhere(tx, userId, row.id, from, to)) {
        spans.push(spanOf(stay.joinedAt, stay.seenAt));
      }
    }
    return secondsOf(overlap(together, spans));
  }
}

interface Judged {
  readonly judgement: Judgement;
  readonly confirmation: PatientConfirmation | null;
}

type Measured = Measure & { readonly stays: readonly StayRow[] };

function listParticipants(stays: readonly StayRow[], intervals: readonly IntervalRow[]): object[] {
  const people = Map.groupBy(stays, ({ userId, side }) => `${side} ${userId}`);
  return [...people.values()].map((own) => {
    const [first] = own as [StayRow, ...StayRow[]];
    const peers = new Set(own.map(({ peerId }) => peerId));
    const tracks = Map.groupBy(
      intervals.filter(({ peerId }) => peers.has(peerId)),
      ({ direction, source }) => `${direction} ${source}`,
    );
    return {
      userId: first.userId,
      side: first.side,
      sessions: [...new Set(own.map(({ sessionHash }) => sessionHash))].sort(),
      networks: [...new Set(own.flatMap(({ networkHash }) => networkHash ?? []))].sort(),
      stays: own.map(({ joinedAt, seenAt }) => [joinedAt, seenAt]),
      reconnections: own.length - 1 + own.reduce((sum, { cuts }) => sum + cuts, 0),
      tracks: [...tracks.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, rows]) => {
          const [track] = rows as [IntervalRow, ...IntervalRow[]];
          return {
            direction: track.direction,
            kind: track.kind,
            source: track.source,
            seconds: secondsOf(rows.map(({ startedAt, endedAt }) => spanOf(startedAt, endedAt))),
            packets: rows.reduce((sum, { packets }) => sum + packets, 0),
            bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
            stretches: rows.map(({ startedAt, endedAt }) => [startedAt, endedAt]),
          };
        }),
    };
  });
}

/** The log goes on between two previews of the same measure; that alone makes no new evidence. */
function isSameMeasure(canonical: string, evidence: Evidence): boolean {
  return canonicalize({ ...(JSON.parse(canonical) as Evidence), log: 0 }) === canonicalize({ ...evidence, log: 0 });
}

function spanOf(from: string, to: string): Span {
  return [Date.parse(from), Date.parse(to)];
}

/**
 * The time without a gap around a day on which somebody was licensed; where that day is in none, the latest there was, which says so.
 * Undefined where nobody has entered a licence: nobody knows.
 */
function licensedTimes(licences: readonly LicenceDays[], day: CalendarDate): ConsultFacts['licence'] {
  if (licences.length === 0) return undefined;
  const spans = licensedSpans(licences);
  const span = spans.find(({ from, to }) => from <= day && day <= to) ?? spans.at(-1);
  // Each was withdrawn from its first day on.
  if (span === undefined) return { from: 0, to: 0 };
  return { from: timeAt(span.from), to: timeAt(addDays(span.to, 1)) - 1 };
}

function timeAt(day: CalendarDate): number {
  return Date.parse(fromMinute(minuteAt(day, 0)));
}

function timeOf(at: string | null | undefined): number | null {
  return at == null ? null : Date.parse(at);
}
