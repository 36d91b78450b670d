import { createHash } from 'node:crypto';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import { type CodeListProblem, type CodeListRow, readCodeList } from '@jaqyn/shared/terminologies/code-list-csv';
import type { CodeListPreview, CodeListVersion } from '@jaqyn/shared/terminologies/terminology.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { auditLog } from '../audit/audit-log.ts';
import { terminologyRepository } from './terminology.repository.ts';

/** So many are named; a file with more is mended from the top. */
const PROBLEMS_SHOWN = 200;
const SAMPLES_SHOWN = 50;
/** Rows written at once: some milliseconds of the only writer, and a consult's change comes in between. */
const PIECE = 250;
const VERSIONS_SHOWN = 50;

export interface CodeListFile {
  readonly csv: string;
  readonly effectiveFrom: CalendarDate;
  readonly isComplete: boolean;
}

interface Judged {
  readonly added: readonly CodeListRow[];
  readonly changed: readonly { readonly before: CodeListRow; readonly after: CodeListRow }[];
  readonly retired: readonly CodeListRow[];
  readonly unchanged: number;
  readonly baseVersion: number;
}

/** A code list from a CSV file: looked at first, then taken in as one version. */
export class CodeListService {
  readonly #store: Store;
  readonly #clock: Clock;
  /** One import at a time: the rows of another that is still coming in would be taken for left over. */
  #isImporting = false;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  getCodeList(): Promise<{ inUse: number; retired: number; versions: CodeListVersion[]; versionCount: number }> {
    return this.#store.read(async (tx) => ({
      ...(await terminologyRepository.countConcepts(tx)),
      versions: (await terminologyRepository.listVersions(tx, VERSIONS_SHOWN)).map(toView),
      versionCount: await terminologyRepository.countVersions(tx),
    }));
  }

  /** Throws `code_list.columns_wrong` naming the columns, `code_list.too_many_rows`, `code_list.effective_too_early`. */
  async preview({ csv, effectiveFrom, isComplete }: CodeListFile): Promise<CodeListPreview> {
    const { rows, problems, count } = open(csv);
    const judged = await this.#store.read((tx) => judge(tx, rows, { effectiveFrom, isComplete }));
    const one = (row: CodeListRow, side: 'before' | 'after') => ({
      code: row.code,
      before: side === 'before' ? nameOf(row) : null,
      after: side === 'after' ? nameOf(row) : null,
    });
    return {
      rows: count,
      unchanged: judged.unchanged,
      added: judged.added.length,
      changed: judged.changed.length,
      retired: judged.retired.length,
      samples: {
        added: judged.added.slice(0, SAMPLES_SHOWN).map((row) => one(row, 'after')),
        changed: judged.changed
          .slice(0, SAMPLES_SHOWN)
          .map(({ before, after }) => ({ code: after.code, before: nameOf(before), after: nameOf(after) })),
        retired: judged.retired.slice(0, SAMPLES_SHOWN).map((row) => one(row, 'before')),
      },
      problems: problems.slice(0, PROBLEMS_SHOWN),
      problemCount: problems.length,
      sha256: hashOf(csv),
      baseVersion: judged.baseVersion,
    };
  }

  /**
   * All of the file or nothing. The rows come in in small pieces that nobody sees; one short unit of work makes them the list. Throws
   * `code_list.preview_stale` for another file or another list than was previewed, `code_list.rows_wrong` while a row is wrong,
   * `code_list.unchanged`, `code_list.import_running`.
   */
  async apply(
    actor: Actor,
    file: CodeListFile & { readonly sha256: string; readonly baseVersion: number },
  ): Promise<CodeListVersion> {
    const { effectiveFrom, isComplete, sha256, baseVersion } = file;
    if (hashOf(file.csv) !== sha256) throw new DomainError('code_list.preview_stale');
    const { rows, problems } = open(file.csv);
    if (problems.length > 0) {
      const fields = problems.slice(0, 20).map(({ line, code }) => ({ path: `line:${line}`, code }));
      throw new DomainError('code_list.rows_wrong', { fields });
    }
    if (this.#isImporting) throw new DomainError('code_list.import_running');
    this.#isImporting = true;
    try {
      const done = await this.#store.read((tx) => findDone(tx, file));
      if (done !== undefined) return done;
      await this.#dropStaged();
      const judged = await this.#store.read((tx) => judge(tx, rows, { effectiveFrom, isComplete }));
      if (judged.baseVersion !== baseVersion) throw new DomainError('code_list.preview_stale');
      const fresh = [...judged.added, ...judged.changed.map(({ after }) => after)];
      if (fresh.length + judged.retired.length === 0) throw new DomainError('code_list.unchanged');
      const importId = newId<string>();
      for (let first = 0; first < fresh.length; first += PIECE) {
        const piece = fresh.slice(first, first + PIECE).map((row) => ({ ...row, searchKey: keyOf(row) }));
        await this.#store.transaction((tx) => terminologyRepository.stage(tx, importId, piece, effectiveFrom));
      }
      const ending = [...judged.changed.map(({ before }) => before.code), ...judged.retired.map(({ code }) => code)];
      const at = this.#clock.instant();
      return await this.#store.transaction(async (tx) => {
        const [newest] = await terminologyRepository.listVersions(tx, 1);
        const staged = await terminologyRepository.countStaged(tx, importId);
        if (newest?.version !== baseVersion || staged !== fresh.length)
          throw new DomainError('code_list.preview_stale');
        await terminologyRepository.end(tx, ending, effectiveFrom);
        await terminologyRepository.activate(tx, importId);
        const counts = { added: judged.added.length, changed: judged.changed.length, retired: judged.retired.length };
        await terminologyRepository.insertVersion(tx, {
          sha256,
          effectiveFrom,
          isComplete,
          ...counts,
          importedAt: at,
          importedBy: actor.userId,
        });
        await auditLog.append(tx, {
          at,
          actor,
          action: 'code_list.import',
          entityType: 'code_list',
          entityId: 'icd-10',
          detail: { sha256, effectiveFrom, isComplete, ...counts },
        });
        const [version] = await terminologyRepository.listVersions(tx, 1);
        if (version === undefined) throw new DomainError('server.internal');
        return toView(version);
      });
    } finally {
      this.#isImporting = false;
    }
  }

  /** What an import left behind that was cut off. */
  async #dropStaged(): Promise<void> {
    for (let gone = PIECE; gone === PIECE; ) {
      gone = await this.#store.transaction((tx) => terminologyRepository.dropStaged(tx, PIECE));
    }
  }
}

function open(csv: string): {
  rows: readonly CodeListRow[];
  problems: readonly CodeListProblem[];
  count: number;
} {
  const file = readCodeList(csv);
  switch (file.kind) {
    case 'columns_wrong':
      throw new DomainError('code_list.columns_wrong', {
        fields: [
          ...file.missing.map((path) => ({ path, code: 'missing' })),
          ...file.unknown.slice(0, 20).map((path) => ({ path: path.slice(0, 40), code: 'unknown' })),
        ],
      });
    case 'too_many_rows':
      throw new DomainError('code_list.too_many_rows', { fields: [{ path: 'csv', code: String(file.rows) }] });
    case 'read':
      return file;
  }
}

/** Against the newest list; the new one cannot begin before that one did. */
async function judge(
  tx: Tx,
  rows: readonly CodeListRow[],
  { effectiveFrom, isComplete }: Pick<CodeListFile, 'effectiveFrom' | 'isComplete'>,
): Promise<Judged> {
  const [newest] = await terminologyRepository.listVersions(tx, 1);
  if (newest !== undefined && effectiveFrom < newest.effectiveFrom) {
    throw new DomainError('code_list.effective_too_early', {
      fields: [{ path: 'effectiveFrom', code: newest.effectiveFrom }],
    });
  }
  const current = new Map((await terminologyRepository.listCurrent(tx)).map((row) => [row.code, row]));
  const added: CodeListRow[] = [];
  const changed: { before: CodeListRow; after: CodeListRow }[] = [];
  for (const row of rows) {
    const before = current.get(row.code);
    if (before === undefined) added.push(row);
    else if (before.kk !== row.kk || before.ru !== row.ru || before.en !== row.en) changed.push({ before, after: row });
  }
  const named = new Set(rows.map(({ code }) => code));
  return {
    added,
    changed,
    retired: isComplete ? [...current.values()].filter(({ code }) => !named.has(code)) : [],
    unchanged: rows.length - added.length - changed.length,
    baseVersion: newest?.version ?? 0,
  };
}

/** The version that this very import has made: its answer was lost. */
async function findDone(
  tx: Tx,
  {
    sha256,
    effectiveFrom,
    isComplete,
    baseVersion,
  }: Omit<CodeListFile, 'csv'> & { sha256: string; baseVersion: number },
): Promise<CodeListVersion | undefined> {
  const versions = await terminologyRepository.listVersions(tx, VERSIONS_SHOWN);
  const next = versions.findLast(({ version }) => version > baseVersion);
  const isThis = next?.sha256 === sha256 && next.effectiveFrom === effectiveFrom && next.isComplete === isComplete;
  return isThis ? toView(next) : undefined;
}

function toView({ sha256: _sha256, ...version }: CodeListVersion & { sha256: string }): CodeListVersion {
  return version;
}

function nameOf({ kk, ru, en }: CodeListRow) {
  return { kk, ru, en };
}

function keyOf({ kk, ru, en }: CodeListRow): string {
  return searchKey(`${kk} | ${ru} | ${en}`);
}

function hashOf(csv: string): string {
  return createHash('sha256').update(csv).digest('hex');
}
