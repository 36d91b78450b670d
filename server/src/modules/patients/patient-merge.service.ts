import { createHash } from 'node:crypto';
import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import type { MergeId, PatientId } from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { Instant } from '@jaqyn/shared/kernel/time';
import {
  MERGED_FIELDS,
  type MergeChoices,
  type MergePlace,
  type PatientMerge,
} from '@jaqyn/shared/patients/duplicate.contract';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { unionOfSummaries } from '@jaqyn/shared/patients/patient-summary-union';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import { duplicateRepository, type MergeRow } from './duplicate.repository.ts';
import { type PatientRow, patientRepository, toPatient } from './patient.repository.ts';

/** Whatever belongs to a patient follows the card. Each module moves its own, in the unit of work of the merge. */
interface PatientHolder {
  readonly name: string;
  /** Moves everything of `from`, or of it only `ids`, to `to`; answers what was moved. Throws `patient_merge.times_overlap`. */
  move(tx: Tx, from: PatientId, to: PatientId, ids?: readonly string[]): Promise<string[]>;
  count(tx: Tx, patientId: PatientId): Promise<number>;
}

interface MergeInput {
  readonly id: MergeId;
  readonly keptId: PatientId;
  readonly mergedId: PatientId;
  readonly digest: string;
  readonly choices: MergeChoices;
  readonly reason: string;
}

type Moved = Readonly<Record<string, readonly string[]>>;

/** Two cards of one person are made one by a coordinator, and can be made two again. Nothing of either goes. */
export class PatientMergeService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;
  readonly #holders: readonly PatientHolder[];

  constructor({ store, clock, holders }: { store: Store; clock: Clock; holders: readonly PatientHolder[] }) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
    this.#holders = holders;
  }

  /** Both cards as they are. Throws `patient.not_found`, `patient_merge.same`. Reading them is audited. */
  async preview(actor: Actor, { keptId, mergedId }: { keptId: PatientId; mergedId: PatientId }) {
    const view = await this.#store.read(async (tx) => {
      const { kept, merged } = await getPair(tx, keptId, mergedId);
      const count = async (id: PatientId) => (await this.#holders[0]?.count(tx, id)) ?? 0;
      return {
        kept: toPatient(kept),
        merged: toPatient(merged),
        requestsOfKept: await count(keptId),
        requestsOfMerged: await count(mergedId),
        digest: digestOf(kept, merged),
      };
    });
    await this.#reads.record(actor, { action: 'patient.read', entityType: 'patient', entityIds: [keptId, mergedId] });
    return view;
  }

  /**
   * The id comes from the caller: the same again answers what was done. Throws `patient.not_found`, `patient_merge.same`,
   * `patient_merge.stale` when either card changed since the preview, `patient_merge.times_overlap` when both are booked at one time.
   */
  merge(actor: Actor, input: MergeInput): Promise<PatientMerge> {
    const { id, keptId, mergedId } = input;
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await duplicateRepository.findMerge(tx, id);
      if (stored !== undefined) {
        if (stored.keptId !== keptId || stored.mergedId !== mergedId) throw new DomainError('idempotency.key_reused');
        return getView(tx, id);
      }
      const { kept, merged } = await getPair(tx, keptId, mergedId);
      if (digestOf(kept, merged) !== input.digest) throw new DomainError('patient_merge.stale');

      const values = chosenValues(kept, merged, input.choices);
      // An IIN is one card's: it leaves the other before it comes here.
      const freesIin = values.iin !== null && values.iin === merged.iin;
      await patientRepository.update(tx, mergedId, { mergedInto: keptId, ...(freesIin && { iin: null }) });
      await patientRepository.update(tx, keptId, values);
      const summary = unionOfSummaries(toPatient(kept).summary, toPatient(merged).summary);
      await patientRepository.saveSummary(tx, keptId, kept.summaryVersion, { summary, at, by: actor.userId });
      const moved: Record<string, string[]> = {};
      for (const holder of this.#holders) moved[holder.name] = await holder.move(tx, mergedId, keptId);
      const after = await getRow(tx, keptId);
      await duplicateRepository.insertMerge(tx, {
        id,
        keptId,
        mergedId,
        keptBefore: JSON.stringify(kept),
        mergedBefore: JSON.stringify(merged),
        keptAfter: JSON.stringify(after),
        moved: JSON.stringify(moved),
        reason: input.reason,
        at,
        mergedBy: actor.userId,
        undoneAt: null,
        undoneBy: null,
        undoReason: null,
      });
      await audit(tx, actor, at, 'patient.merge', id, { keptId, mergedId, ...countsOf(moved) });
      return getView(tx, id);
    });
  }

  /**
   * What the merge moved goes back; what the kept card got since stays there. A value goes back only where nobody changed it since.
   * Again is harmless. Throws `patient_merge.not_found`, `patient_merge.undo_blocked` while a later merge of either card stands.
   */
  undo(actor: Actor, id: MergeId, reason: string): Promise<PatientMerge> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const merge = await duplicateRepository.findMerge(tx, id);
      if (merge === undefined) throw new DomainError('patient_merge.not_found');
      if (merge.undoneAt !== null) return getView(tx, id);
      if (await duplicateRepository.hasLaterMerge(tx, merge)) throw new DomainError('patient_merge.undo_blocked');
      await this.#giveBack(tx, actor, merge, at);
      await duplicateRepository.undoMerge(tx, id, { undoneAt: at, undoneBy: actor.userId, undoReason: reason });
      const { keptId, mergedId } = merge;
      await audit(tx, actor, at, 'patient.unmerge', id, { keptId, mergedId, ...countsOf(movedOf(merge)) });
      return getView(tx, id);
    });
  }

  /** Newest first. */
  async list(
    actor: Actor,
    { limit, after }: { readonly limit: number; readonly after?: MergePlace | undefined },
  ): Promise<{ merges: PatientMerge[]; next: MergePlace | null; total: number }> {
    const [found, total] = await this.#store.read(async (tx) => [
      // One more than asked for tells whether there are more.
      await duplicateRepository.listMerges(tx, limit + 1, after),
      await duplicateRepository.countMerges(tx),
    ]);
    const rows = found.slice(0, limit);
    const last = rows.at(-1)?.merge;
    await this.#reads.record(actor, {
      action: 'patient.read',
      entityType: 'patient',
      entityIds: rows.flatMap(({ merge }) => [merge.keptId, merge.mergedId]),
    });
    const next = found.length > rows.length && last !== undefined ? `${last.at} ${last.id}` : null;
    return { merges: rows.map(({ merge, byName }) => toView(merge, byName)), next, total };
  }

  async #giveBack(tx: Tx, actor: Actor, merge: MergeRow, at: Instant): Promise<void> {
    const keptId = merge.keptId as PatientId;
    const mergedId = merge.mergedId as PatientId;
    const before = JSON.parse(merge.keptBefore) as PatientRow;
    const after = JSON.parse(merge.keptAfter) as PatientRow;
    const merged = JSON.parse(merge.mergedBefore) as PatientRow;
    const now = await getRow(tx, keptId);

    const back: Partial<PatientRow> = {};
    for (const field of [...MERGED_FIELDS, 'searchKey'] as const) {
      if (now[field] === after[field]) Object.assign(back, { [field]: before[field] });
    }
    await patientRepository.update(tx, keptId, back);
    await patientRepository.update(tx, mergedId, { mergedInto: null, iin: merged.iin });
    // What was written since the merge stays; where nothing was, the list is the one from before, as a version of its own.
    if (now.summaryVersion === after.summaryVersion) {
      const { summary } = toPatient(before);
      await patientRepository.saveSummary(tx, keptId, now.summaryVersion, { summary, at, by: actor.userId });
    }
    const moved = movedOf(merge);
    for (const holder of this.#holders) await holder.move(tx, keptId, mergedId, moved[holder.name] ?? []);
  }
}

async function getRow(tx: Tx, id: PatientId): Promise<PatientRow> {
  const row = await patientRepository.findRow(tx, id);
  if (row === undefined) throw new DomainError('patient.not_found');
  return row;
}

/** Two cards that are not merged yet. */
async function getPair(tx: Tx, keptId: PatientId, mergedId: PatientId) {
  if (keptId === mergedId) throw new DomainError('patient_merge.same');
  const [kept, merged] = [await getRow(tx, keptId), await getRow(tx, mergedId)];
  if (kept.mergedInto !== null || merged.mergedInto !== null) throw new DomainError('patient_merge.stale');
  return { kept, merged };
}

function digestOf(...rows: readonly PatientRow[]): string {
  return createHash('sha256').update(canonicalize(rows), 'utf8').digest('hex');
}

function chosenValues(kept: PatientRow, merged: PatientRow, choices: MergeChoices) {
  const values = Object.fromEntries(
    MERGED_FIELDS.map((field) => [field, (choices[field] === 'merged' ? merged : kept)[field]]),
  ) as Pick<PatientRow, (typeof MERGED_FIELDS)[number]>;
  const { familyName, givenName, middleName } = values;
  return { ...values, searchKey: searchKey(`${familyName} ${givenName} ${middleName}`) };
}

function movedOf(merge: MergeRow): Moved {
  return JSON.parse(merge.moved) as Moved;
}

function countsOf(moved: Moved): Record<string, number> {
  return Object.fromEntries(Object.entries(moved).map(([name, ids]) => [name, ids.length]));
}

function audit(
  tx: Tx,
  actor: Actor,
  at: Instant,
  action: AuditAction,
  mergeId: string,
  detail: Readonly<Record<string, string | number>>,
): Promise<void> {
  return auditLog.append(tx, { at, actor, action, entityType: 'patient_merge', entityId: mergeId, detail });
}

async function getView(tx: Tx, id: MergeId): Promise<PatientMerge> {
  const [found] = await duplicateRepository.listMerges(tx, 1, undefined, id);
  if (found === undefined) throw new DomainError('patient_merge.not_found');
  return toView(found.merge, found.byName);
}

function toView(merge: MergeRow, byName: string): PatientMerge {
  const nameOf = (row: string) => {
    const { familyName, givenName } = JSON.parse(row) as Pick<Patient, 'familyName' | 'givenName'>;
    return `${familyName} ${givenName}`;
  };
  return {
    id: merge.id,
    keptId: merge.keptId,
    mergedId: merge.mergedId,
    keptName: nameOf(merge.keptBefore),
    mergedName: nameOf(merge.mergedBefore),
    at: merge.at,
    byName,
    reason: merge.reason,
    movedRequests: movedOf(merge)['requests']?.length ?? 0,
    undoneAt: merge.undoneAt,
  } as PatientMerge;
}
