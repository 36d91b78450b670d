import { setTimeout as delay, setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { isBusy, isMediumFailure, toCallerError, toGroupError } from './sqlite-errors.ts';
import { StoreError } from './store-error.ts';
import type { Outcome } from './unit-of-work.ts';

/** What the queue asks of the connection; every call may throw what SQLite threw. */
export interface GroupTransaction {
  begin(): void;
  savepoint(): void;
  release(): void;
  rollbackToSavepoint(): void;
  commit(): void;
  rollback(): void;
  /** False also after SQLite rolled back by itself (disk full, read or write error). */
  readonly isOpen: boolean;
}

export interface WriterLimits {
  /** Units waiting; one more is refused with `store.busy`. */
  readonly queueLength: number;
  /** Units in one commit. 1 gives every unit its own fsync. */
  readonly groupUnits: number;
  /** Milliseconds a group takes on units before it commits, which is also how long it keeps the event loop. */
  readonly groupMs: number;
  /** Milliseconds a unit waits for another process's lock before `store.busy`. */
  readonly lockWaitMs: number;
}

export const defaultWriterLimits: WriterLimits = { queueLength: 1000, groupUnits: 256, groupMs: 8, lockWaitMs: 5000 };

/** Told after every group, for metrics; the listener must not throw. Durations are milliseconds. */
export interface CommittedGroup {
  readonly units: number;
  readonly runMs: number;
  readonly commitMs: number;
}

interface Waiting {
  readonly run: () => Promise<Outcome<unknown>>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly since: number;
  /** Its first group was lost as a whole: it gets a group of its own. */
  mustRunAlone: boolean;
}

const FIRST_LOCK_RETRY_MS = 1;
const LONGEST_LOCK_RETRY_MS = 50;

/**
 * One writer for everybody. Units that wait together share one transaction, each in its own savepoint, and one fsync;
 * nobody hears anything, good or bad, before that commit, because even a refusal may rest on what a neighbour wrote.
 *
 * When the group fails as a whole (disk full, a deferred rule refused) nothing of it is kept and each unit runs again
 * alone, so that only the guilty ones fail. When the disk itself fails, nobody tries again: all are told.
 */
export class WriterQueue {
  readonly #transaction: GroupTransaction;
  readonly #limits: WriterLimits;
  readonly #onCommit: ((group: CommittedGroup) => void) | undefined;
  #waiting: Waiting[] = [];
  #pumping: Promise<void> | undefined;
  #isClosed = false;

  constructor(transaction: GroupTransaction, limits: WriterLimits, onCommit?: (group: CommittedGroup) => void) {
    this.#transaction = transaction;
    this.#limits = limits;
    this.#onCommit = onCommit;
  }

  /** `run` is called inside the open transaction, perhaps more than once, and never rejects. */
  add<T>(run: () => Promise<Outcome<T>>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new StoreError('store.unavailable', 'the store is closed'));
    if (this.#waiting.length >= this.#limits.queueLength) {
      const detail = `${this.#waiting.length} units are waiting already`;
      return Promise.reject(new StoreError('store.busy', detail, { retryAfter: 1 }));
    }
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        run,
        resolve: resolve as (value: unknown) => void,
        reject,
        since: performance.now(),
        mustRunAlone: false,
      });
      this.#pumping ??= this.#pump();
    });
  }

  /** Refuses new units and resolves when the accepted ones have their answer. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#pumping !== undefined) await this.#pumping;
  }

  async #pump(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        // Lets everything that has arrived meanwhile take its place in the group, and sockets and timers have their turn.
        await turnOfTheLoop();
        if (await this.#begin()) await this.#runGroup();
      }
    } finally {
      this.#pumping = undefined;
    }
  }

  /** True when the write lock is held. False when those who waited too long were refused; others may still wait. */
  async #begin(): Promise<boolean> {
    let retryMs = FIRST_LOCK_RETRY_MS;
    while (true) {
      try {
        // Left over only when a rollback failed, too; without this no unit would ever run again.
        if (this.#transaction.isOpen) this.#transaction.rollback();
        this.#transaction.begin();
        return true;
      } catch (error) {
        if (!isBusy(error)) {
          this.#rejectAll(this.#takeWaiting(), error);
          return false;
        }
        const latest = performance.now() - this.#limits.lockWaitMs;
        const expired = this.#waiting.filter((unit) => unit.since <= latest);
        if (expired.length > 0) {
          this.#waiting = this.#waiting.filter((unit) => unit.since > latest);
          this.#rejectAll(expired, error);
          return false;
        }
      }
      // Half to full of the step, so that two processes do not keep meeting.
      await delay(retryMs * (0.5 + Math.random() / 2));
      retryMs = Math.min(retryMs * 2, LONGEST_LOCK_RETRY_MS);
    }
  }

  async #runGroup(): Promise<void> {
    const members: Waiting[] = [];
    const outcomes: Outcome<unknown>[] = [];
    const startedAt = performance.now();
    let ranAt = startedAt;
    try {
      for (let unit = this.#next(members, startedAt); unit !== undefined; unit = this.#next(members, startedAt)) {
        members.push(unit);
        outcomes.push(await this.#runInSavepoint(unit));
      }
      ranAt = performance.now();
      // Where all were refused there is nothing to keep; a commit would wait for the disk all the same, to write pages that did not change.
      if (outcomes.some(({ ok }) => ok)) this.#transaction.commit();
      else this.#transaction.rollback();
    } catch (error) {
      this.#abandonGroup(members, error);
      return;
    }
    const commitMs = performance.now() - ranAt;
    for (const [index, unit] of members.entries()) {
      const outcome = outcomes[index];
      if (outcome?.ok) unit.resolve(outcome.value);
      else unit.reject(toCallerError(outcome?.error));
    }
    this.#onCommit?.({ units: members.length, runMs: ranAt - startedAt, commitMs });
  }

  #next(members: readonly Waiting[], startedAt: number): Waiting | undefined {
    const [first] = this.#waiting;
    if (first === undefined) return undefined;
    if (members.length > 0) {
      if (members.length >= this.#limits.groupUnits) return undefined;
      if (performance.now() - startedAt >= this.#limits.groupMs) return undefined;
      if (first.mustRunAlone || members[0]?.mustRunAlone) return undefined;
    }
    return this.#waiting.shift();
  }

  /** Throws when the whole group is lost. */
  async #runInSavepoint(unit: Waiting): Promise<Outcome<unknown>> {
    this.#transaction.savepoint();
    const outcome = await unit.run();
    if (!this.#transaction.isOpen) {
      throw outcome.ok ? new StoreError('store.unavailable', 'SQLite rolled the transaction back') : outcome.error;
    }
    if (!outcome.ok) this.#transaction.rollbackToSavepoint();
    this.#transaction.release();
    return outcome;
  }

  #abandonGroup(members: Waiting[], error: unknown): void {
    try {
      if (this.#transaction.isOpen) this.#transaction.rollback();
    } catch {
      // SQLite rolls back by itself where it can; the error that brought us here is the one worth telling.
    }
    if (members.length > 1 && !isMediumFailure(error)) {
      for (const unit of members) unit.mustRunAlone = true;
      this.#waiting.unshift(...members);
    } else {
      this.#rejectAll(members, error);
    }
  }

  #rejectAll(units: readonly Waiting[], error: unknown): void {
    for (const unit of units) unit.reject(toGroupError(error));
  }

  #takeWaiting(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
