import type { AuditAction } from '@jaqyn/shared/audit/audit-actions';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { type AuditEntity, auditLog } from './audit-log.ts';

export interface Reading {
  /** Dotted, as in the log: `patient.read`, `patient.search`. */
  readonly action: AuditAction;
  readonly entityType: AuditEntity;
  /** Every record whose content is about to leave. One is the entry's own; several are named in its detail. */
  readonly entityIds: readonly string[];
  /** Why somebody reads who usually may not. */
  readonly purpose?: string | undefined;
}

/** Ids in the detail of one entry; longer lists are more entries. */
const IDS_IN_ENTRY = 100;

/** How many characters of an instant name the time within which the same reading is one entry. */
const SPAN = { minute: 16, day: 10 } as const;

interface Dependencies {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  /** `day` for boards of a thousand people that stand open all day, `minute` for the rest. */
  readonly within?: keyof typeof SPAN;
}

/**
 * Who has seen what. The same person with the same record in the same minute is one entry: screens that refresh themselves add nothing
 * to it. An entry is durable before the answer leaves, and an answer whose entry could not be written does not leave. It is written
 * apart from the reading, through the queue whose commits many share, so that a repeated reading never waits for the writer.
 */
export class ReadLog {
  readonly #store: Pick<Store, 'transaction'>;
  readonly #clock: Clock;
  readonly #length: number;
  #span = '';
  /** Of this span, by who, how, what and why: the entry on its way to the disk, or there already. */
  #seen = new Map<string, Promise<void>>();

  constructor({ store, clock, within = 'minute' }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#length = SPAN[within];
  }

  /** Resolves when every one of the records is in the log. Throws what the store throws. */
  async record(actor: Pick<Actor, 'userId' | 'role'>, reading: Reading): Promise<void> {
    const at = this.#clock.instant();
    const span = at.slice(0, this.#length);
    if (span !== this.#span) {
      this.#span = span;
      this.#seen = new Map();
    }
    const seen = this.#seen;
    const { action, entityType, purpose } = reading;
    const ids = [...new Set(reading.entityIds)];
    const keyOf = (id: string) => JSON.stringify([actor.userId, action, entityType, id, purpose ?? null]);
    const unseen = ids.filter((id) => !seen.has(keyOf(id)));
    for (let from = 0; from < unseen.length; from += IDS_IN_ENTRY) {
      const some = unseen.slice(from, from + IDS_IN_ENTRY);
      const [only = ''] = some;
      const written = this.#store.transaction((tx) =>
        auditLog.append(tx, {
          at,
          actor,
          action,
          entityType,
          entityId: some.length === 1 ? only : 'several',
          detail: {
            ...(some.length > 1 && { ids: some.join(' ') }),
            ...(purpose !== undefined && { purpose }),
          },
        }),
      );
      for (const id of some) seen.set(keyOf(id), written);
      // The next reading tries again.
      written.catch(() => {
        for (const id of some) seen.delete(keyOf(id));
      });
    }
    await Promise.all(ids.map((id) => seen.get(keyOf(id))));
  }
}
