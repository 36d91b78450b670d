import { auditLeaf, encodeFrontier, findEntryFault, GENESIS_HASH, type StoredEntry } from './audit-entry.ts';
import type { Checkpoint } from './checkpoint.ts';
import { addLeaf, EMPTY_TREE, rootOf, type TreeState } from './merkle-tree.ts';

export type LogCheck = 'chain' | 'tree' | 'witness';

export interface LogFault {
  readonly check: LogCheck;
  /** The first entry that is bad, or the first of those among which it is. Null where it is the log as a whole. */
  readonly seq: number | null;
  readonly says: string;
}

export interface LogToVerify {
  readonly entries: Iterable<StoredEntry>;
  /** As stored; undefined for a log that has no tree. */
  readonly tree: { readonly size: number; readonly frontier: string; readonly lastHash: string } | undefined;
  /** The highest number ever given out, by SQLite's own count; undefined where there is no count. */
  readonly lastNumber: number | undefined;
  /** Undefined where there is no witness file. */
  readonly checkpoints: readonly Checkpoint[] | undefined;
  /** What to leave out: for tests that show that each check is needed. */
  readonly without?: ReadonlySet<LogCheck> | undefined;
}

export interface LogVerdict {
  readonly entries: number;
  readonly root: string;
  readonly lastHash: string;
  readonly fault: LogFault | undefined;
}

/** Walks the log once, oldest first, and names the first thing that does not fit. O(n) hashes, memory for one entry. */
export function verifyLog({ entries, tree, lastNumber, checkpoints, without }: LogToVerify): LogVerdict {
  const checks = (check: LogCheck) => without?.has(check) !== true;
  const waiting = [...(checkpoints ?? [])].filter(({ size }) => size > 0);
  let state: TreeState = EMPTY_TREE;
  let prevHash = GENESIS_HASH;
  let lastSeq = 0;
  let afterWitnessed = 1;
  let fault: LogFault | undefined;
  for (const row of entries) {
    fault = checks('chain') ? chainFault(row, prevHash, lastSeq) : undefined;
    if (fault === undefined && checks('witness')) fault = missingCheckpoint(row, checkpoints);
    if (fault !== undefined) break;
    state = addLeaf(state, auditLeaf(row.seq, row.hash));
    prevHash = row.hash;
    lastSeq = row.seq;
    for (; waiting[0]?.size === state.size; waiting.shift()) {
      if (checks('witness') && waiting[0].root !== rootOf(state).toString('hex')) {
        const says = `entries ${afterWitnessed} to ${row.seq} are not those of checkpoint ${waiting[0].number} (${waiting[0].at})`;
        fault = { check: 'witness', seq: afterWitnessed, says };
      } else {
        afterWitnessed = row.seq + 1;
      }
      if (fault !== undefined) break;
    }
    if (fault !== undefined) break;
  }
  if (fault === undefined && checks('witness')) {
    const [unmet] = waiting;
    if (unmet !== undefined) {
      const says = `the log ends after entry ${lastSeq}; checkpoint ${unmet.number} (${unmet.at}) saw ${unmet.size} entries: cut off or taken back`;
      // Where chain and tree were made to fit the end, what was put in the place of the lost entries begins after the last checkpoint.
      const isMadeToFit = treeFault(state, prevHash, tree) === undefined;
      fault = { check: 'witness', seq: isMadeToFit ? afterWitnessed : lastSeq + 1, says };
    }
  }
  if (fault === undefined && checks('tree')) fault = treeFault(state, prevHash, tree);
  if (fault === undefined && checks('chain') && lastNumber !== undefined && lastNumber !== lastSeq) {
    fault = { check: 'chain', seq: lastSeq + 1, says: `the log ends at ${lastSeq}, but ${lastNumber} was given out` };
  }
  return { entries: state.size, root: rootOf(state).toString('hex'), lastHash: prevHash, fault };
}

function chainFault(row: StoredEntry, prevHash: string, lastSeq: number): LogFault | undefined {
  const found = findEntryFault(row, prevHash);
  if (found === 'out_of_order') {
    const says = `entry ${row.seq} does not follow entry ${lastSeq}: something was removed, added or moved`;
    // The place where one is missing, when one is.
    return { check: 'chain', seq: Math.min(row.seq, lastSeq + 1), says };
  }
  return found && { check: 'chain', seq: row.seq, says: `entry ${row.seq} was altered` };
}

/** The log says which checkpoints were written: a witness file that lacks one was cut or replaced. */
function missingCheckpoint(row: StoredEntry, checkpoints: readonly Checkpoint[] | undefined): LogFault | undefined {
  if (row.action !== 'audit.checkpoint') return undefined;
  const { number, lastRoot } = JSON.parse(row.detail) as { number: number; lastRoot: string | null };
  const before = checkpoints?.[number - 2];
  if (checkpoints?.[number - 1] !== undefined && (before?.root ?? null) === lastRoot) return undefined;
  const says = `entry ${row.seq} tells of checkpoint ${number}, which the witness file does not have or not after the same one`;
  return { check: 'witness', seq: row.seq, says };
}

function treeFault(state: TreeState, lastHash: string, tree: LogToVerify['tree']): LogFault | undefined {
  if (tree === undefined) {
    return state.size === 0 ? undefined : { check: 'tree', seq: null, says: 'the tree of the log is missing' };
  }
  const isSame = tree.size === state.size && tree.frontier === encodeFrontier(state) && tree.lastHash === lastHash;
  if (isSame) return undefined;
  const says = `the stored tree has ${tree.size} entries, the log ${state.size}, and they are not the same`;
  return { check: 'tree', seq: Math.min(tree.size, state.size) + 1, says };
}
