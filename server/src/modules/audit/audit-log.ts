import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Tx } from '../../db/store.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import { auditRepository } from './audit.repository.ts';
import {
  type AuditEntity,
  type AuditEntry,
  auditHash,
  auditLeaf,
  decodeFrontier,
  encodeFrontier,
  findEntryFault,
  GENESIS_HASH,
} from './audit-entry.ts';
import { addLeaf, EMPTY_TREE, rootOf, type TreeState } from './merkle-tree.ts';

export { type AuditEntity, type AuditEntry, isReading } from './audit-entry.ts';

export const auditLog = {
  /** Appends in the caller's transaction, so that the change and its trace are one. The tree grows with it, in O(log n). */
  async append(tx: Tx, entry: AuditEntry): Promise<void> {
    await appendTo(tx, await openTree(tx), entry);
  },

  /**
   * Grows the tree over a log that began without one: all entries so far become leaves, and one entry says so. What was before it is
   * held together by its chain alone until the first checkpoint. No effect on a log that has its tree, or has no entries.
   */
  async adopt(tx: Tx, at: Instant): Promise<void> {
    if ((await auditRepository.findTree(tx)) !== undefined) return;
    const log = await openTree(tx);
    const { tree, lastHash } = log;
    if (tree.size === 0) return;
    await appendTo(tx, log, {
      at,
      actor: null,
      action: 'audit.grow_tree',
      entityType: 'database',
      entityId: 'audit_event',
      detail: { entries: tree.size, lastHash },
    });
  },

  /** Size and root of the tree now. */
  async head(tx: Tx): Promise<{ size: number; root: string }> {
    const { tree } = await openTree(tx);
    return { size: tree.size, root: rootOf(tree).toString('hex') };
  },

  /** The newest of an entity's entries that are kept as its state (`IS_STATE`). */
  findState(tx: Tx, entityType: AuditEntity, entityId: string) {
    return auditRepository.findState(tx, entityType, entityId);
  },

  /** What happened to one entity, oldest first; `detail` is JSON. */
  listForEntity(tx: Tx, entityType: AuditEntity, entityId: string) {
    return auditRepository.listForEntity(tx, entityType, entityId);
  },

  /** Walks the whole chain; answers the first entry that does not fit, or undefined. */
  async findFirstBroken(tx: Tx): Promise<number | undefined> {
    let prevHash = GENESIS_HASH;
    for (const row of await auditRepository.listAll(tx)) {
      if (findEntryFault(row, prevHash) !== undefined) return row.seq;
      prevHash = row.hash;
    }
    return undefined;
  },
};

interface OpenLog {
  readonly tree: TreeState;
  readonly lastHash: string;
  /** False before the first entry, and for a log from before there was a tree. */
  readonly isStored: boolean;
}

const ADOPTED_AT_ONCE = 10_000;

async function appendTo(tx: Tx, { tree, lastHash: prevHash, isStored }: OpenLog, entry: AuditEntry): Promise<void> {
  const hash = auditHash(prevHash, entry);
  const seq = await auditRepository.insert(tx, {
    at: entry.at,
    actorId: entry.actor?.userId ?? null,
    actorRole: entry.actor?.role ?? null,
    action: entry.action,
    entityType: entry.entityType,
    entityId: entry.entityId,
    detail: canonicalize(entry.detail ?? {}),
    prevHash,
    hash,
  });
  const grown = addLeaf(tree, auditLeaf(seq, hash));
  const row = { size: grown.size, frontier: encodeFrontier(grown), lastHash: hash };
  if (isStored) await auditRepository.updateTree(tx, row);
  else await auditRepository.insertTree(tx, row);
}

async function openTree(tx: Tx): Promise<OpenLog> {
  const row = await auditRepository.findTree(tx);
  if (row !== undefined) {
    return { tree: decodeFrontier(row.size, row.frontier), lastHash: row.lastHash, isStored: true };
  }
  let tree = EMPTY_TREE;
  let lastHash = GENESIS_HASH;
  for (let last = 0; ; ) {
    const rows = await auditRepository.listHashesAfter(tx, last, ADOPTED_AT_ONCE);
    for (const { seq, hash } of rows) {
      tree = addLeaf(tree, auditLeaf(seq, hash));
      lastHash = hash;
      last = seq;
    }
    if (rows.length < ADOPTED_AT_ONCE) return { tree, lastHash, isStored: false };
  }
}
