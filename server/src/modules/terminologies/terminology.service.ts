import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import { type Instant, localDate } from '@jaqyn/shared/kernel/time';
import { icdChapter, icdParent, tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import type { FoundConcept, IcdConcept } from '@jaqyn/shared/terminologies/terminology.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type Candidate, type ConceptRow, terminologyRepository } from './terminology.repository.ts';

/** So many stand in a list under a field; the answer stays a few kilobytes on a thin link. */
const FOUND_LIMIT = 12;
/** More words than these say nothing more and cost the search. */
const MAX_WORDS = 6;
const CODE_START = /^[A-Z]\d{0,2}(\.\d{0,2})?$/;

/** ICD-10: found, read and, for what is signed, judged. */
export class TerminologyService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * The code itself, then what the specialist uses, what the specialty uses, what begins so, and the rest. Without a text what is
   * recent and frequent. Never more than twelve.
   */
  search(actor: Actor, text: string, specialty?: SpecialtyCode): Promise<FoundConcept[]> {
    const asker = {
      day: localDate(this.#clock.instant()),
      practitionerId: actor.practitionerId,
      specialty: specialty ?? actor.specialty,
      limit: FOUND_LIMIT,
    };
    return this.#store.read(async (tx) => {
      if (text === '') return (await terminologyRepository.listUsual(tx, asker)).map(toFound);
      const code = tidyCode(text);
      const byCode = CODE_START.test(code) ? await terminologyRepository.listByCode(tx, code, asker) : [];
      const words = searchKey(text).split(' ').filter(Boolean).slice(0, MAX_WORDS);
      // One letter begins half of all names.
      const isTelling = words.some((word) => word.length > 1) && byCode.length < FOUND_LIMIT;
      const byWords = isTelling
        ? startsFirst(await terminologyRepository.listByWords(tx, words, { ...asker, limit: 4 * FOUND_LIMIT }), words)
        : [];
      const seen = new Set(byCode.map((concept) => concept.code));
      return [...byCode, ...byWords.filter((concept) => !seen.has(concept.code))].slice(0, FOUND_LIMIT).map(toFound);
    });
  }

  /** Retired ones too. Throws `terminology.code_unknown`. */
  async getConcept(code: string): Promise<IcdConcept> {
    const row = await this.#store.read((tx) => terminologyRepository.find(tx, code, localDate(this.#clock.instant())));
    if (row === undefined) throw new DomainError('terminology.code_unknown');
    return {
      code: row.code,
      name: { kk: row.nameKk, ru: row.nameRu, en: row.nameEn },
      parent: icdParent(row.code),
      chapter: icdChapter(row.code),
      validFrom: row.validFrom as IcdConcept['validFrom'],
      validTo: row.validTo as IcdConcept['validTo'],
    };
  }

  /** For a unit of work of another module: throws `terminology.code_unknown`, `terminology.code_retired` for a code not to be used now. */
  async assertUsable(tx: Tx, code: string, at: Instant): Promise<void> {
    const day = localDate(at);
    const row = await terminologyRepository.find(tx, code, day);
    if (row === undefined || row.validFrom > day) {
      throw new DomainError('terminology.code_unknown', { fields: [{ path: code, code: 'unknown' }] });
    }
    if (isOver(row, day))
      throw new DomainError('terminology.code_retired', { fields: [{ path: code, code: 'retired' }] });
  }

  /** For a unit of work of another module: remembers what was signed, so that it is found sooner. */
  noteUse: typeof terminologyRepository.noteUse = (tx, use) => terminologyRepository.noteUse(tx, use);
}

/** What is used before what is not; among these, names that begin with what was typed. Otherwise as the database has it. */
function startsFirst(found: readonly Candidate[], words: readonly string[]): Candidate[] {
  const start = words.join(' ');
  const tier = ({ own, frequent, nameKk, nameRu, nameEn }: Candidate) => {
    const isStart = [nameKk, nameRu, nameEn].some((name) => searchKey(name).startsWith(start));
    return (own > 0 ? 0 : frequent > 0 ? 2 : 4) + (isStart ? 0 : 1);
  };
  return found.toSorted((a, b) => tier(a) - tier(b));
}

function isOver(row: ConceptRow, day: string): boolean {
  return row.validTo !== null && row.validTo <= day;
}

function toFound({ code, nameKk, nameRu, nameEn, own, frequent }: Candidate): FoundConcept {
  const why = own > 0 ? 'recent' : frequent > 0 ? 'frequent' : 'found';
  return { code, name: { kk: nameKk, ru: nameRu, en: nameEn }, why };
}
