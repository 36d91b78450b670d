import type { AuditKind, AuditLogEntry, listAuditEntries } from '@jaqyn/shared/audit/audit.contract';
import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { auditLog, isReading } from './audit-log.ts';
import { auditReadingRepository } from './audit-reading.repository.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** What the witness was told last. */
  readonly lastCheckpoint: () => { readonly size: number; readonly at: Instant } | null;
}

interface Wanted {
  readonly number: string;
  readonly person: string;
  readonly kind: AuditKind;
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The log for people: who did and saw what. That somebody looked is an entry too, before the answer leaves. */
export class AuditReadingService {
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  async list(actor: Actor, wanted: Wanted): Promise<EndpointResponse<typeof listAuditEntries>> {
    const { store, clock, lastCheckpoint } = this.#dependencies;
    const { number, person, kind, before, limit } = wanted;
    const found = await store.read(async (tx) => {
      const log = await auditLog.head(tx);
      const entities = number === '' ? undefined : ((await auditReadingRepository.findEntities(tx, number)) ?? []);
      const actorIds = person === '' ? undefined : await auditReadingRepository.listUserIds(tx, person);
      // An unknown number or name: nobody's entries, not everybody's.
      const isNothing = entities?.length === 0 || actorIds?.length === 0;
      const page = isNothing
        ? { rows: [], next: null }
        : await auditReadingRepository.listPage(tx, {
            before: before ?? log.size + 1,
            limit,
            kind,
            actorIds,
            entities,
          });
      return { log, page };
    });
    // The first page of a question; turning it is the same look.
    if (before === undefined) {
      await store.transaction((tx) =>
        auditLog.append(tx, {
          at: clock.instant(),
          actor,
          action: 'audit.read',
          entityType: 'database',
          entityId: 'audit_event',
          detail: { kind, ...(number !== '' && { number }), hasPerson: person !== '' },
        }),
      );
    }
    return {
      entries: found.page.rows.map(toEntry),
      next: found.page.next,
      log: found.log,
      checkpoint: lastCheckpoint(),
    };
  }
}

type Row = Awaited<ReturnType<typeof auditReadingRepository.listPage>>['rows'][number];

function toEntry({ actorId, actorRole, actorName, ...row }: Row): AuditLogEntry {
  return {
    ...row,
    actor: actorId === null ? null : { displayName: actorName ?? actorId, role: actorRole },
    isReading: isReading(row.action),
  } as AuditLogEntry;
}
