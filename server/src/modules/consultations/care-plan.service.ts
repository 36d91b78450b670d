import type { AuditActionOf } from '@jaqyn/shared/audit/audit-actions';
import {
  type Answer,
  afterAcknowledgement,
  listAnswerProblems,
  listRecommendations,
  tasksOf,
} from '@jaqyn/shared/consultations/care-plan';
import type { CareTask, CareTaskPlace, TeachBack } from '@jaqyn/shared/consultations/care-plan.contract';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import { isIn } from '@jaqyn/shared/consultations/consultation.machine';
import type { CareTaskId, CompositionId, RequestId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import { noticeBook } from '../notices/notice-book.ts';
import { type CallingService, changed } from './calling.service.ts';
import { type CareTaskPage, type CareTaskRow, carePlanRepository } from './care-plan.repository.ts';
import { conclusionRepository, type StoredConclusion } from './conclusion.repository.ts';
import type { ConsultationLoader } from './consultation.loader.ts';
import { consultationRepository, type RequestRow } from './consultation.repository.ts';
import { transition } from './consultation.transition.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly calling: Pick<CallingService, 'run'>;
  readonly loader: ConsultationLoader;
}

interface Acknowledgement {
  readonly compositionId: CompositionId;
  readonly answers: readonly Answer[];
  readonly tasks: readonly { readonly id: CareTaskId; readonly text: string; readonly dueOn: CalendarDate }[];
}

/** How far ahead something is planned to be done. */
const MOST_DAYS = 730;

/** What the patient answered to each recommendation, and what is to be done for them later, until the request may close. */
export class CarePlanService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #calling: Dependencies['calling'];
  readonly #loader: ConsultationLoader;
  readonly #reads: ReadLog;

  constructor({ store, clock, calling, loader }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#calling = calling;
    this.#loader = loader;
    this.#reads = new ReadLog({ store, clock });
  }

  /** Of the edition in force. Throws `conclusion.not_found` before anything is signed. */
  getTeachBack(actor: Actor, id: RequestId): Promise<{ teachBack: TeachBack; tasks: CareTask[] }> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'read_signed_conclusion', id);
      const signed = await getSigned(tx, id);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'teach_back.read',
        entityType: 'conclusion',
        entityId: signed.id,
        detail: { requestId: id },
      });
      return { teachBack: await toView(tx, signed), tasks: await carePlanRepository.listOfRequest(tx, id) };
    });
  }

  /**
   * Keeps what was ticked so far. Throws `teach_back.version_conflict` when it was saved elsewhere since `baseVersion`, `teach_back.replaced`
   * when the conclusion has been amended, `teach_back.over` once it is complete. The same again answers the same.
   */
  saveTeachBack(
    actor: Actor,
    id: RequestId,
    { compositionId, baseVersion, answers }: { compositionId: CompositionId; baseVersion: number; answers: Answer[] },
  ): Promise<TeachBack> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await this.#loader.getRow(tx, actor, 'act_as_station', id);
      const signed = await getSigned(tx, id, compositionId);
      const stored = await carePlanRepository.findTeachBack(tx, compositionId);
      const kept = toKept(signed, answers);
      if (stored !== undefined && stored.completedAt === null && isSame(stored.answers, kept))
        return toView(tx, signed);
      if (stored !== undefined && stored.completedAt !== null) throw new DomainError('teach_back.over');
      if ((stored?.version ?? 0) !== baseVersion) throw new DomainError('teach_back.version_conflict');
      await this.#write(tx, signed, kept, { actor, at, version: baseVersion + 1, isComplete: false });
      return toView(tx, signed);
    });
  }

  /**
   * The conclusion was read to the patient and each recommendation answered. The request closes when nothing is left to be done; otherwise
   * what is goes onto the lists. Throws `teach_back.incomplete` naming `answers.N`, `teach_back.replaced`. Again is harmless.
   */
  acknowledge(actor: Actor, id: RequestId, input: Acknowledgement): Promise<Consultation> {
    const at = this.#clock.instant();
    const today = localDate(at);
    return this.#calling.run(async (tx, outbox) => {
      let row = await this.#loader.getRow(tx, actor, 'act_as_station', id);
      const signed = await getSigned(tx, id, input.compositionId);
      const stored = await carePlanRepository.findTeachBack(tx, signed.id);
      const answers = toKept(signed, input.answers);
      if (stored !== undefined && stored.completedAt !== null) {
        if (!isSame(stored.answers, answers)) throw new DomainError('teach_back.over');
        return this.#loader.getView(tx, id);
      }
      const problems = listAnswerProblems(listRecommendations(signed.content), answers);
      if (problems.length > 0) {
        const fields = problems.map(({ index, code }) => ({ path: `answers.${index}`, code }));
        throw new DomainError('teach_back.incomplete', { fields });
      }
      for (const [index, { dueOn }] of input.tasks.entries()) assertDay(dueOn, today, `tasks.${index}.dueOn`);

      if (isIn(row.status, ['signed', 'amended'])) row = await transition(tx, row, { event: 'deliver', actor, at });
      const cannot = answers.filter(({ kind }) => kind === 'cannot').length;
      row = await transition(tx, row, { event: 'acknowledge', actor, at, detail: { edition: signed.edition, cannot } });
      const version = (stored?.version ?? 0) + 1;
      await this.#write(tx, signed, answers, { actor, at, version, isComplete: true });

      // What an earlier edition asked for is asked for by this one, or not at all.
      for (const old of await carePlanRepository.listReplaced(tx, id, signed.id)) {
        await this.#change(tx, old, { status: 'withdrawn' }, { actor, at, action: 'withdraw' });
      }
      const own = input.tasks.map((task) => ({ ...task, kind: 'other' as const, reason: '' }));
      const following = tasksOf(signed.content, answers, today).map((task) => ({ ...task, id: newId<CareTaskId>() }));
      for (const task of [...following, ...own]) await this.#insert(tx, signed, task, { actor, at });

      const open = await carePlanRepository.countOpen(tx, id);
      row = await transition(tx, row, { event: afterAcknowledgement(open), actor, at });
      if (cannot > 0) await noticeBook.tellCannot(tx, id, signed.edition, { at, actorId: actor.userId });
      outbox.push(changed(row, actor));
      return this.#loader.getView(tx, id);
    });
  }

  /** A station sees its own, a coordinator of an oblast those of the oblast, whatever is asked for. */
  async listTasks(
    actor: Actor,
    query: { status: 'open' | 'done'; region?: string | undefined; limit: number; after?: CareTaskPlace | undefined },
  ): Promise<CareTaskPage> {
    const today = localDate(this.#clock.instant());
    const page = await this.#store.read(async (tx) => {
      const { status } = query;
      const filter =
        actor.role === 'feldsher'
          ? { status, stationId: actor.stationId ?? '' }
          : { status, region: (await carePlanRepository.findRegion(tx, actor.userId)) ?? query.region };
      return carePlanRepository.list(tx, filter, { ...query, today });
    });
    await this.#reads.record(actor, {
      action: 'consultation.list',
      entityType: 'consultation',
      entityIds: page.tasks.map(({ requestId }) => requestId),
    });
    return page;
  }

  /** Throws `care_task.not_found`, `care_task.over`, `care_task.version_conflict`. With the last one the request closes. */
  finish(actor: Actor, taskId: CareTaskId, { version, note }: { version: number; note: string }): Promise<CareTask> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const { task, request } = await this.#getTask(tx, actor, taskId);
      if (task.status === 'done' && task.note === note && task.doneBy === actor.userId) {
        return carePlanRepository.getTask(tx, taskId);
      }
      assertOpen(task, version);
      const change = { status: 'done' as const, doneAt: at, doneBy: actor.userId, note };
      await this.#change(tx, task, change, { actor, at, action: 'finish' });
      let row = request;
      if (row.status === 'follow_up_open' && (await carePlanRepository.countOpen(tx, row.id as RequestId)) === 0) {
        row = await transition(tx, row, { event: 'close', actor, at });
      }
      outbox.push(changed(row, actor));
      return carePlanRepository.getTask(tx, taskId);
    });
  }

  /** To today or a later day. Throws as `finish`, and `request.invalid` for a day that is over or too far. */
  move(
    actor: Actor,
    taskId: CareTaskId,
    { version, dueOn, reason }: { version: number; dueOn: CalendarDate; reason: string },
  ): Promise<CareTask> {
    const at = this.#clock.instant();
    return this.#calling.run(async (tx, outbox) => {
      const { task, request } = await this.#getTask(tx, actor, taskId);
      const isRepeated = task.version === version + 1 && task.dueOn === dueOn && task.moveReason === reason;
      if (isRepeated) return carePlanRepository.getTask(tx, taskId);
      assertOpen(task, version);
      assertDay(dueOn, localDate(at), 'dueOn');
      const change = { dueOn, moves: task.moves + 1, moveReason: reason };
      await this.#change(tx, task, change, { actor, at, action: 'move', from: task.dueOn, to: dueOn });
      outbox.push(changed(request, actor));
      return carePlanRepository.getTask(tx, taskId);
    });
  }

  async #getTask(tx: Tx, actor: Actor, id: CareTaskId): Promise<{ task: CareTaskRow; request: RequestRow }> {
    const task = await carePlanRepository.findTask(tx, id);
    const request = task && (await consultationRepository.find(tx, task.requestId as RequestId));
    if (task === undefined || request === undefined || !(await isTheirs(tx, actor, request))) {
      throw new DomainError('care_task.not_found');
    }
    return { task, request };
  }

  async #write(
    tx: Tx,
    signed: StoredConclusion,
    answers: readonly Answer[],
    by: { actor: Actor; at: Instant; version: number; isComplete: boolean },
  ): Promise<void> {
    const { actor, at, version, isComplete } = by;
    await carePlanRepository.saveTeachBack(tx, {
      compositionId: signed.id,
      requestId: signed.requestId,
      version,
      answers,
      savedAt: at,
      savedBy: actor.userId,
      completedAt: isComplete ? at : null,
    });
    await auditLog.append(tx, {
      at,
      actor,
      action: isComplete ? 'teach_back.complete' : 'teach_back.save',
      entityType: 'conclusion',
      entityId: signed.id,
      detail: { requestId: signed.requestId, version, answered: answers.length },
    });
  }

  async #insert(
    tx: Tx,
    signed: StoredConclusion,
    task: Pick<CareTaskRow, 'kind' | 'text' | 'reason' | 'dueOn'> & { readonly id: CareTaskId },
    { actor, at }: { actor: Actor; at: Instant },
  ): Promise<void> {
    if ((await carePlanRepository.findTask(tx, task.id)) !== undefined) throw new DomainError('idempotency.key_reused');
    await carePlanRepository.insertTask(tx, {
      ...task,
      requestId: signed.requestId,
      compositionId: signed.id,
      status: 'open',
      version: 1,
      createdAt: at,
      createdBy: actor.userId,
      moves: 0,
      moveReason: '',
      doneAt: null,
      doneBy: null,
      note: '',
    });
    await auditLog.append(tx, {
      at,
      actor,
      action: 'care_task.create',
      entityType: 'care_task',
      entityId: task.id,
      detail: { requestId: signed.requestId, kind: task.kind, dueOn: task.dueOn },
    });
  }

  async #change(
    tx: Tx,
    task: CareTaskRow,
    change: Partial<CareTaskRow>,
    {
      actor,
      at,
      action,
      ...detail
    }: { actor: Actor; at: Instant; action: AuditActionOf<'care_task'>; from?: string; to?: string },
  ): Promise<void> {
    if (!(await carePlanRepository.updateTask(tx, task.id, task.version, change))) {
      throw new DomainError('care_task.version_conflict');
    }
    await auditLog.append(tx, {
      at,
      actor,
      action: `care_task.${action}`,
      entityType: 'care_task',
      entityId: task.id,
      detail: { requestId: task.requestId, ...detail },
    });
  }
}

/** The edition in force; with an id, it must still be that one. */
async function getSigned(tx: Tx, id: RequestId, compositionId?: CompositionId): Promise<StoredConclusion> {
  const signed = await conclusionRepository.findSigned(tx, id);
  if (signed === undefined) throw new DomainError('conclusion.not_found');
  if (compositionId !== undefined && signed.id !== compositionId) throw new DomainError('teach_back.replaced');
  return signed;
}

/** One answer for each recommendation there is, in their order; reasons only where somebody cannot. */
function toKept(signed: StoredConclusion, answers: readonly Answer[]): Answer[] {
  const byIndex = new Map(answers.map((answer) => [answer.index, answer]));
  return listRecommendations(signed.content).flatMap(({ index }) => {
    const answer = byIndex.get(index);
    if (answer === undefined) return [];
    return [{ index, kind: answer.kind, reason: answer.kind === 'cannot' ? answer.reason.trim() : '' }];
  });
}

function isSame(one: readonly Answer[], other: readonly Answer[]): boolean {
  return canonicalize(one) === canonicalize(other);
}

async function toView(tx: Tx, signed: StoredConclusion): Promise<TeachBack> {
  const stored = await carePlanRepository.findTeachBack(tx, signed.id);
  const completedAt = stored?.completedAt ?? null;
  return {
    requestId: signed.requestId,
    compositionId: signed.id,
    edition: signed.edition,
    version: stored?.version ?? 0,
    answers: [...(stored?.answers ?? [])],
    savedAt: stored?.savedAt ?? null,
    completedAt,
    completedByName: completedAt === null ? null : (stored?.savedByName ?? null),
  };
}

async function isTheirs(tx: Tx, actor: Actor, request: RequestRow): Promise<boolean> {
  if (actor.role === 'feldsher') return actor.stationId !== null && actor.stationId === request.stationId;
  if (actor.role !== 'coordinator') return false;
  const region = await carePlanRepository.findRegion(tx, actor.userId);
  return region === undefined || (await carePlanRepository.findStationRegion(tx, request.stationId)) === region;
}

function assertOpen(task: CareTaskRow, version: number): void {
  if (task.status !== 'open') throw new DomainError('care_task.over');
  if (task.version !== version) throw new DomainError('care_task.version_conflict');
}

function assertDay(day: CalendarDate, today: CalendarDate, path: string): void {
  const code = day < today ? 'in_the_past' : day > addDays(today, MOST_DAYS) ? 'out_of_range' : undefined;
  if (code !== undefined) throw new DomainError('request.invalid', { fields: [{ path, code }] });
}
