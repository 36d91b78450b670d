import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { DayEndEntry, DayEndList } from '@jaqyn/shared/scheduling/day-end.contract';
import { dayOf, fromMinute, minuteOfDay, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { toCsv } from '../../kernel/csv.ts';
import { toXlsx } from '../../kernel/xlsx.ts';
import type { StaffService } from '../staff/staff.service.ts';
import { appointmentRepository } from './appointment.repository.ts';
import { myRegion } from './appointment-book.ts';
import { dayEndRepository } from './day-end.repository.ts';
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

type FileQuery = Query & { readonly list: DayEndList; readonly language: Language };

/** What is left open at the end of a day, as lists and as files. */
export class DayEndService {
  readonly #runner: ScheduleRunner;
  readonly #staff: Pick<StaffService, 'listSpecialtyNames'>;

  constructor({ runner, staff }: Dependencies) {
    this.#runner = runner;
    this.#staff = staff;
  }

  /** A coordinator of an oblast sees that oblast, whatever is asked for. */
  list(actor: Actor, query: Query): Promise<Record<DayEndList, DayEndEntry[]>> {
    const span = spanOfDays(query.day, query.day);
    return this.#runner.read(async (tx, at) => {
      const region = (await myRegion(tx, actor)) ?? query.region;
      const end = fromMinute(span.to);
      const until = end < at ? end : at;
      return {
        unsigned: await dayEndRepository.listInStates(
          tx,
          ['interrupted', 'conclusion_draft', 'awaiting_signature'],
          until,
          region,
        ),
        undelivered: await dayEndRepository.listInStates(tx, ['signed', 'amended'], until, region),
        unacknowledged: await dayEndRepository.listInStates(tx, ['delivered'], until, region),
        overdue: await this.#listOverdue(tx, until, region),
        no_shows: await dayEndRepository.listNoShows(tx, span, region),
        follow_ups: await dayEndRepository.listLateTasks(tx, query.day, region),
      };
    });
  }

  /** Past the treat-by date, on the way to an appointment or not; the longest overdue first. */
  async #listOverdue(tx: Tx, until: Instant, region: string | undefined): Promise<DayEndEntry[]> {
    const rules = await appointmentRepository.listTreatByRules(tx);
    const unplaced = (await dayEndRepository.listUnplaced(tx, until, region))
      .map((entry) => ({ ...entry, since: fromMinute(treatBy(toMinute(entry.since), entry.urgency, rules)) }))
      .filter(({ since }) => since < until);
    return [...(await dayEndRepository.listOverdue(tx, until, region)), ...unplaced].sort((a, b) =>
      a.since < b.since ? -1 : 1,
    );
  }

  /** One list as CSV for a spreadsheet, in a language, with times of Kazakhstan. */
  async toFile(actor: Actor, query: FileQuery): Promise<string> {
    return toCsv(await this.#listRows(actor, query));
  }

  /** The same as an Excel workbook. */
  async toWorkbook(actor: Actor, query: FileQuery): Promise<Buffer> {
    return toXlsx(await this.#listRows(actor, query));
  }

  async #listRows(actor: Actor, query: FileQuery): Promise<string[][]> {
    const entries = (await this.list(actor, query))[query.list];
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
