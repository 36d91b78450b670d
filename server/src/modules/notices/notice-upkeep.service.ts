import { type Instant, localDate, toInstant } from '@jaqyn/shared/kernel/time';
import type { Store, Tx } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import { noticeBook } from './notice-book.ts';
import { dueRepository } from './notice-due.repository.ts';
import { noticeRuleRepository } from './notice-rule.repository.ts';
import { minutesInForce } from './notice-rules.ts';

/** What is written in one unit of work, so that nobody's booking waits long behind it. */
const AT_ONCE = 20;
const BEGINNING = '0001-01-01T00:00:00.000Z' as Instant;

/**
 * Notices that nobody causes but time. What is due is read from appointments and requests as they are now, so a moved appointment is
 * reminded of where it went, a restart forgets nothing, and several processes write each once (by its key).
 */
export class NoticeUpkeepService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * One round; true when there was more than fits into it. What nobody could be told of stays due and is no reason to go on at once:
   * that would never end.
   */
  async tick(): Promise<boolean> {
    const at = this.#clock.instant();
    // Looked at beside the writer first: most rounds find nothing.
    const due = await this.#store.read((tx) => this.#listDue(tx, at));
    if (due === 0) return false;
    const told = await this.#store.transaction((tx) => this.#tell(tx, at));
    return told > 0 && due >= AT_ONCE;
  }

  async #listDue(tx: Tx, at: Instant): Promise<number> {
    const found = await this.#find(tx, at);
    return (
      found.overdue.length +
      found.reminders.reduce((sum, { ids }) => sum + ids.length, 0) +
      found.unsigned.reduce((sum, { requests }) => sum + requests.length, 0)
    );
  }

  async #tell(tx: Tx, at: Instant): Promise<number> {
    let told = 0;
    const { reminders, unsigned, overdue } = await this.#find(tx, at);
    for (const { minutes, ids } of reminders)
      for (const id of ids) told += await noticeBook.remind(tx, id, minutes, at);
    for (const { requests, ...limit } of unsigned) {
      for (const request of requests) told += await noticeBook.tellUnsigned(tx, request, { ...limit, at });
    }
    for (const id of overdue) told += await noticeBook.tellOverdue(tx, id, at);
    return told;
  }

  async #find(tx: Tx, at: Instant) {
    const rules = await noticeRuleRepository.list(tx);
    const today = localDate(at);
    const reminders = [];
    let nearer = 0;
    // Of several reminders that are due at once only the nearest is sent.
    for (const minutes of minutesInForce(rules, 'reminder', today)) {
      const span = { after: shift(at, nearer), until: shift(at, minutes) };
      reminders.push({ minutes, ids: await dueRepository.listUnreminded(tx, { ...span, minutes, limit: AT_ONCE }) });
      nearer = minutes;
    }
    const unsigned = [];
    const limits = minutesInForce(rules, 'unsigned', today);
    for (const [index, minutes] of limits.entries()) {
      const next = limits[index + 1];
      const span = { after: next === undefined ? BEGINNING : shift(at, -next), until: shift(at, -minutes) };
      const requests = await dueRepository.listUnsigned(tx, { ...span, minutes, limit: AT_ONCE });
      unsigned.push({ minutes, isLast: next === undefined, requests });
    }
    return { reminders, unsigned, overdue: await dueRepository.listOverdue(tx, at, AT_ONCE) };
  }
}

function shift(at: Instant, minutes: number): Instant {
  return toInstant(new Date(Date.parse(at) + minutes * 60_000));
}
