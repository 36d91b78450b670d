import { readWitness } from '../../server/src/modules/audit/checkpoint.ts';
import { type LogCheck, verifyLog } from '../../server/src/modules/audit/log-verifier.ts';
import { checkRecords, type RecordCounts } from './check-records.ts';
import type { DataFolder } from './data-folder.ts';
import type { Fault } from './fault.ts';
import { LogIndex, readEntries, readTree } from './read-log.ts';

export interface Verdict {
  readonly isSound: boolean;
  readonly entries: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly counts: RecordCounts;
  /** Oldest first; the first is the first bad entry. At most {@link MOST_FAULTS}. */
  readonly faults: readonly Fault[];
  /** Worth knowing and no fault. */
  readonly notes: readonly string[];
  readonly seconds: number;
}

export const MOST_FAULTS = 50;

/** Everything that can be checked of a folder. A log that is broken still has its records checked against what is left of it. */
export async function verifyFolder(
  data: DataFolder,
  {
    without,
    records = true,
    now = new Date(),
  }: { without?: ReadonlySet<LogCheck>; records?: boolean; now?: Date } = {},
): Promise<Verdict> {
  const from = performance.now();
  const faults: Fault[] = [];
  const notes: string[] = [];
  const witnessed = data.witness && readWitness(data.witness.text, data.witness.key);
  if (witnessed?.fault !== undefined && without?.has('witness') !== true) {
    const { line, says } = witnessed.fault;
    faults.push({ check: 'witness', seq: null, says: `line ${line} of the witness file ${says}` });
  }
  if (witnessed === undefined) notes.push('there is no witness file: nobody outside the database has seen the log');
  if ((witnessed?.tornLines ?? 0) > 0)
    notes.push(`${witnessed?.tornLines} lines of the witness file were left half-written`);

  const index = new LogIndex();
  const log = verifyLog({
    entries: index.watch(readEntries(data.database)),
    ...readTree(data.database),
    checkpoints: witnessed?.checkpoints,
    without,
  });
  if (log.fault !== undefined) faults.push(log.fault);
  let counts: RecordCounts = { requests: 0, signedConclusions: 0, signatures: 0, files: 0, evidence: 0 };
  if (records) {
    // What comes after a broken entry still tells what should be there.
    if (log.fault !== undefined) for (const entry of readEntries(data.database)) index.add(entry);
    const found = checkRecords(data, index, now);
    faults.push(...found.faults);
    notes.push(...found.notes);
    counts = found.counts;
  }
  return {
    isSound: faults.length === 0,
    entries: log.entries,
    root: log.root,
    checkpoints: witnessed?.checkpoints.length ?? 0,
    counts,
    faults: faults.slice(0, MOST_FAULTS),
    notes,
    seconds: (performance.now() - from) / 1000,
  };
}
