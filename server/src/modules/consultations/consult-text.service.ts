import type { ConsultTextHit, ConsultTextKind } from '@jaqyn/shared/consultations/consult-search.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { ReadLog } from '../audit/read-log.ts';
import { consultTextRepository, type Written } from './consult-text.repository.ts';

/** Rows of one round: a unit of work that others hardly wait for. */
const ROWS_AT_ONCE = 100;
/** What was written a moment ago is found: so many rounds at most before a search. */
const ROUNDS_BEFORE_SEARCH = 5;
const EXCERPT_BEFORE = 60;
const EXCERPT_LENGTH = 220;

/** Full-text search in what was written in consults, for those who may read them. */
export class ConsultTextService {
  readonly #store: Store;
  readonly #reads: ReadLog;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#reads = new ReadLog({ store, clock });
  }

  /** One round, of `rowsAtOnce` at most, of what was written and is not indexed yet; false when nothing is left. */
  async indexDue(rowsAtOnce = ROWS_AT_ONCE): Promise<boolean> {
    return this.#store.transaction(async (tx) => {
      const queued = await consultTextRepository.listQueued(tx, rowsAtOnce);
      const written = await readWritten(tx, queued);
      const rows = queued.flatMap(({ kind, refId }) => {
        const found = written.get(kind)?.get(refId);
        if (found === undefined) return [];
        const { requestId, at, text } = found;
        return [{ kind, refId, requestId, at, searchKey: searchKey(text) }];
      });
      if (rows.length > 0) await consultTextRepository.insertAll(tx, rows);
      const last = queued.at(-1);
      if (last !== undefined) await consultTextRepository.dropQueued(tx, last.seq);
      return queued.length === rowsAtOnce;
    });
  }

  /** A station finds its own, a specialist what they answered, a coordinator everything; each word begins a word, Kazakh letters fold. */
  async search(actor: Actor, q: string, limit: number): Promise<{ hits: ConsultTextHit[]; hasMore: boolean }> {
    const words = [...new Set(searchKey(q).split(' '))].filter((word) => word !== '').slice(0, 8);
    if (words.length === 0) return { hits: [], hasMore: false };
    for (let round = 0; round < ROUNDS_BEFORE_SEARCH && (await this.indexDue()); round += 1);
    const hits = await this.#store.read(async (tx) => {
      const whose = whoseOf(actor);
      const found =
        whose === undefined
          ? await consultTextRepository.search(tx, words, limit + 1)
          : await consultTextRepository.searchOf(tx, whose, words, limit + 1);
      const written = await readWritten(tx, found);
      return found.flatMap(({ refId, number, status, ...hit }): ConsultTextHit[] => {
        const text = written.get(hit.kind)?.get(refId);
        if (text === undefined) return [];
        return [
          {
            ...(hit as Pick<ConsultTextHit, 'requestId' | 'kind' | 'at' | 'specialty' | 'patient'>),
            requestNumber: number,
            requestStatus: status,
            authorName: text.authorName,
            excerpt: excerptOf(text.text, words),
          },
        ];
      });
    });
    const shown = hits.slice(0, limit);
    const entityIds = [...new Set(shown.map(({ requestId }) => requestId))] as RequestId[];
    if (entityIds.length > 0) {
      await this.#reads.record(actor, { action: 'consultation.search', entityType: 'consultation', entityIds });
    }
    return { hits: shown, hasMore: hits.length > limit };
  }
}

/** What was written, one statement a kind. */
async function readWritten(tx: Tx, of: readonly { readonly kind: ConsultTextKind; readonly refId: string }[]) {
  const byKind = Map.groupBy(of, ({ kind }) => kind);
  const written = new Map<ConsultTextKind, Map<string, Written>>();
  for (const [kind, refs] of byKind) {
    const refIds = refs.map(({ refId }) => refId);
    written.set(kind, await consultTextRepository.findWritten(tx, kind, refIds));
  }
  return written;
}

function whoseOf(actor: Actor): { stationId: string } | { practitionerId: string } | undefined {
  switch (actor.role) {
    case 'coordinator':
      return undefined;
    case 'specialist':
      return { practitionerId: actor.practitionerId ?? '' };
    // Everybody else has a station or nothing.
    default:
      return { stationId: actor.stationId ?? '' };
  }
}

/** The text around the first word that begins with one of `words`, cut at words. */
export function excerptOf(text: string, words: readonly string[]): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= EXCERPT_LENGTH) return plain;
  let at = 0;
  for (const match of plain.matchAll(/[^\s]+/g)) {
    const parts = searchKey(match[0]).split(' ');
    if (!parts.some((part) => words.some((word) => part.startsWith(word)))) continue;
    at = match.index;
    break;
  }
  const from = at <= EXCERPT_BEFORE ? 0 : plain.indexOf(' ', at - EXCERPT_BEFORE) + 1;
  const isEnd = plain.length - from <= EXCERPT_LENGTH;
  const to = isEnd ? plain.length : plain.lastIndexOf(' ', from + EXCERPT_LENGTH);
  return `${from > 0 ? '… ' : ''}${plain.slice(from, to > from ? to : from + EXCERPT_LENGTH)}${isEnd ? '' : ' …'}`;
}
