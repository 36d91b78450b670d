import type { Language } from '@jaqyn/shared/auth/auth.contract';
import { assertUnreachable } from '@jaqyn/shared/kernel/assert-unreachable';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import {
  DAY_END_LISTS,
  DAY_END_PAGE,
  type DayEndEntry,
  type DayEndList,
  type DayEndPage,
  type DayEndPlace,
} from '@jaqyn/shared/scheduling/day-end.contract';
import { dayOf, fromMinute, minuteOfDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { toCsv } from '../../kernel/csv.ts';
import { toXlsx } from '../../kernel/xlsx.ts';
import type { StaffService } from '../staff/staff.service.ts';
import { appointmentRepository } from './appointment.repository.ts';
import { myRegion } from './appointment-book.ts';
import { type DayEndPiece, dayEndRepository } from './day-end.repository.ts';
import { DAY_END_HEADERS, NO_SHOW_WORDS } from './day-end.words.ts';
import { spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly staff: Pick<StaffService, 'listSpecialtyNames'>;
}

interface Query {
  readonly day: CalendarDate;
  readonly region?: string | undefined;
}

interface Piece {
  readonly entries: DayEndEntry[];
  readonly total: number;
}

type FileQuery = Query & { readonly list: DayEndList; readonly language: Language };

const STATES_OF = {
  unsigned: ['interrupted', 'conclusion_draft', 'awaiting_signature'],
  undelivered: ['signed', 'amended'],
  unacknowledged: ['delivered'],
} as const;

/** What is left open at the end of a day, as lists and as files. */
export class DayEndService {
  readonly #runner: ScheduleRunner;
  readonly #staff: Pick<StaffService, 'listSpecialtyNames'>;

  constructor({ runner, staff }: Dependencies) {
    this.#runner = runner;
    this.#staff = staff;
  }

  /** Of each list the first page. A coordinator of an oblast sees that oblast, whatever is asked for. */
  async list(actor: Actor, query: Query): Promise<Record<DayEndList, DayEndPage>> {
    const pages = await Promise.all(
      DAY_END_LISTS.map(async (list) => [list, await this.listPage(actor, { ...query, list })] as const),
    );
    return Object.fromEntries(pages) as Record<DayEndList, DayEndPage>;
  }

  /** What comes after a place in one list; the longest open first. */
  async listPage(
    actor: Actor,
    { after, ...query }: Query & { readonly list: DayEndList; readonly after?: DayEndPlace | undefined },
  ): Promise<DayEndPage> {
    const [since = '', requestId = ''] = after?.split(' ') ?? [];
    // One more than shown tells whether there are more.
    const piece = { limit: DAY_END_PAGE + 1, ...(after !== undefined && { after: { since, requestId } }) };
    const { entries: found, total } = await this.#listPiece(actor, query, piece);
    const entries = found.slice(0, DAY_END_PAGE);
    const last = entries.at(-1);
    const next = found.length > entries.length && last !== undefined ? `${last.since} ${last.requestId}` : null;
    return { entries, next, total };
  }

  #listPiece(
    actor: Actor,
    { day, list, ...query }: Query & { readonly list: DayEndList },
    piece: DayEndPiece,
    purpose?: 'export',
  ): Promise<Piece> {
    const span = spanOfDays(day, day);
    const requestsOf = ({ entries }: Piece) => entries.map(({ requestId }) => requestId);
    const work = async (tx: Tx, at: Instant): Promise<Piece> => {
      const region = (await myRegion(tx, actor)) ?? query.region;
      const end = fromMinute(span.to);
      const until = end < at ? end : at;
      switch (list) {
        case 'unsigned':
        case 'undelivered':
        case 'unacknowledged':
          return dayEndRepository.listInStates(tx, STATES_OF[list], until, region, piece);
        case 'overdue':
          return pieceOf(await this.#listOverdue(tx, until, region), piece);
        case 'no_shows':
          return dayEndRepository.listNoShows(tx, span, region, piece);
        case 'follow_ups':
          return dayEndRepository.listLateTasks(tx, day, region, piece);
        default:
          return assertUnreachable(list);
      }
    };
    return this.#runner.show(actor, requestsOf, work, purpose);
  }

  /** Past the treat-by date, on the way to an appointment or not; the longest overdue first. */
  async #listOverdue(tx: Tx, until: Instant, region: string | undefined): Promise<DayEndEntry[]> {
    const rules = await appointmentRepository.listTreatByRules(tx);
    const unplaced = (await dayEndRepository.listUnplaced(tx, until, region))
      .map((entry) => ({ ...entry, since: fromMinute(treatBy(toMinute(entry.since), entry.urgency, rules)) }))
      .filter(({ since }) => since < until);
    return [...(await dayEndRepository.listOverdue(tx, until, region)), ...unplaced].sort(byPlace);
  }

  /** The whole of one list as CSV for a spreadsheet, in a language, with times of Kazakhstan. */
  async toFile(actor: Actor, query: FileQuery): Promise<string> {
    return toCsv(await this.#listRows(actor, query));
  }

  /** The same as an Excel workbook. */
  async toWorkbook(actor: Actor, query: FileQuery): Promise<Buffer> {
    return toXlsx(await this.#listRows(actor, query));
  }

  async #listRows(actor: Actor, query: FileQuery): Promise<string[][]> {
    const { entries } = await this.#listPiece(actor, query, {}, 'export');
    const names = await this.#runner.read((tx) => this.#staff.listSpecialtyNames(tx));
    const { language } = query;
    return [
      [...DAY_END_HEADERS[language]],
      ...entries.map((entry) => [
        entry.requestNumber,
        names.get(entry.specialty)?.[language] ?? entry.specialty,
        entry.stationName[language],
        entry.patientName,
        entry.practitionerName ?? '',
        toLocalText(toMinute(entry.since)),
        entry.noShowCause === null ? '' : NO_SHOW_WORDS[language][entry.noShowCause],
      ]),
    ];
  }
}

/** `2026-11-23 09:05`, which every spreadsheet takes for a time. */
function toLocalText(minute: number): string {
  const ofDay = minuteOfDay(minute);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${dayOf(minute)} ${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}

/** Of a list that is computed, in the order of its places. */
function pieceOf(sorted: readonly DayEndEntry[], { after, limit }: DayEndPiece): Piece {
  const from = after === undefined ? 0 : sorted.findIndex((one) => byPlace(one, after) > 0);
  return {
    entries: from < 0 ? [] : sorted.slice(from, limit === undefined ? undefined : from + limit),
    total: sorted.length,
  };
}

function byPlace(a: { since: string; requestId: string }, b: { since: string; requestId: string }): number {
  const [one, other] = [`${a.since} ${a.requestId}`, `${b.since} ${b.requestId}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
