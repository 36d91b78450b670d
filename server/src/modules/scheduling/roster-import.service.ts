import { createHash } from 'node:crypto';
import type { OperationId, PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import { addDays, dayOf, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { type RosterTemplate, templatesOverlap } from '@jaqyn/shared/scheduling/roster';
import { type ImportProblem, type ImportRow, readImport } from '@jaqyn/shared/scheduling/roster-csv';
import type { ImportPreview } from '@jaqyn/shared/scheduling/roster-import.contract';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { myRegion } from './appointment-book.ts';
import { dayLoadRepository } from './day-load.repository.ts';
import { HORIZON_DAYS } from './day-load.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { peopleRepository, type Scheduled } from './people.repository.ts';
import { rosterRepository } from './roster.repository.ts';
import { audit } from './roster-changer.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { mayRoster } from './scheduling.policy.ts';

/** So many are named; a file with more is mended from the top. */
const PROBLEMS_SHOWN = 200;

interface Judged {
  readonly preview: ImportPreview;
  readonly templates: readonly RosterTemplate[];
}

/** Rosters from a CSV file: all of it or nothing, after a look at what would become of each row. */
export class RosterImportService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  /** Throws `roster.columns_wrong` naming the columns, `roster.too_many_rows` with how many there are. */
  preview(actor: Actor, csv: string): Promise<ImportPreview> {
    const file = open(csv);
    return this.#runner.read(async (tx, at) => (await judge(tx, actor, csv, file, at)).preview);
  }

  /** Throws `roster.preview_stale` for another file than was previewed, `roster.rows_wrong` while a row is wrong. */
  async apply(
    actor: Actor,
    { operationId, csv, sha256 }: { operationId: OperationId; csv: string; sha256: string },
  ): Promise<{ operationId: OperationId; added: number }> {
    if (hashOf(csv) !== sha256) throw new DomainError('roster.preview_stale');
    const file = open(csv);
    const operation = { id: operationId, kind: 'roster.import', body: { sha256 } };
    const receipt = await this.#runner.operate(actor, operation, async (unit) => {
      const { preview, templates } = await judge(unit.tx, actor, csv, file, unit.at);
      if (preview.problemCount > 0) {
        const fields = preview.problems.map(({ line, code }) => ({ path: `line:${line}`, code }));
        throw new DomainError('roster.rows_wrong', { fields: fields.slice(0, 20) });
      }
      const by = { at: unit.at, userId: actor.userId };
      if (!(await rosterRepository.insertTemplates(unit.tx, templates, by))) throw new DomainError('roster.overlap');
      const people = [...new Set(templates.map(({ practitionerId }) => practitionerId))];
      // Loads and shifts of a whole region take their time: the clock writes them in small pieces.
      await dayLoadRepository.enqueue(unit.tx, people, unit.today, addDays(unit.today, HORIZON_DAYS));
      await audit(unit, 'import', operationId, { sha256, rows: String(templates.length) });
      unit.outbox.push([
        'schedule:changed',
        { practitionerIds: people.slice(0, 200), stationIds: [], days: [], appointmentIds: [] },
      ]);
      return { appointments: [], added: templates.length };
    });
    return { operationId, added: receipt.added ?? 0 };
  }
}

function open(csv: string): readonly [rows: readonly ImportRow[], problems: readonly ImportProblem[], count: number] {
  const file = readImport(csv);
  switch (file.kind) {
    case 'columns_wrong':
      throw new DomainError('roster.columns_wrong', {
        fields: [
          ...file.missing.map((path) => ({ path, code: 'missing' })),
          ...file.unknown.slice(0, 20).map((path) => ({ path: path.slice(0, 40), code: 'unknown' })),
        ],
      });
    case 'too_many_rows':
      throw new DomainError('roster.too_many_rows', { fields: [{ path: 'csv', code: String(file.rows) }] });
    case 'read':
      return [file.rows, file.problems, file.count];
  }
}

async function judge(
  tx: Tx,
  actor: Actor,
  csv: string,
  [rows, unreadable, count]: ReturnType<typeof open>,
  at: Instant,
): Promise<Judged> {
  const problems: ImportProblem[] = [...unreadable];
  const fail = (row: ImportRow, column: ImportProblem['column'], code: ImportProblem['code'], value: string) =>
    problems.push({ line: row.line, column, code, value: value.slice(0, 40) });
  const today = dayOf(toMinute(at));
  const mine = await myRegion(tx, actor);
  const people = await peopleRepository.listByLogin(tx, [...new Set(rows.map(({ login }) => login))]);
  const services = new Map(
    (await healthcareServiceRepository.list(tx)).map((service) => [service.code as string, service]),
  );
  const known = new Map<PractitionerId, RosterTemplate[]>();
  const templates: RosterTemplate[] = [];
  let unchanged = 0;

  for (const row of rows) {
    const practitioner: Scheduled | undefined = people.get(row.login);
    const service = services.get(row.service);
    if (practitioner === undefined || !mayRoster(actor, practitioner, mine)) {
      fail(row, 'login', 'unknown_specialist', row.login);
      continue;
    }
    if (service === undefined) fail(row, 'service', 'unknown_service', row.service);
    else if (service.specialty !== practitioner.specialty) fail(row, 'service', 'specialty_differs', row.service);
    else if (row.mode !== 'on_call' && row.mode !== service.mode) fail(row, 'mode', 'not_a_mode', row.mode);
    else if (service.retiredFrom !== null && service.retiredFrom <= row.validFrom) {
      fail(row, 'service', 'service_retired', row.service);
    } else if (row.validFrom < today) fail(row, 'valid_from', 'out_of_range', row.validFrom);
    else {
      const stored = known.get(practitioner.id) ?? (await rosterRepository.listTemplates(tx, practitioner.id, today));
      known.set(practitioner.id, stored);
      const template = toTemplate(row, practitioner.id, service.code);
      const isThere = stored.some((other) => isSame(other, template));
      if (isThere) unchanged += 1;
      else if (stored.some((other) => templatesOverlap(other, template))) {
        const isInFile = templates.some(
          (other) => other.practitionerId === practitioner.id && templatesOverlap(other, template),
        );
        fail(row, 'start', isInFile ? 'overlaps_row' : 'overlaps_roster', `${row.startMinute}`);
      } else {
        templates.push(template);
        stored.push(template);
      }
    }
  }
  problems.sort((a, b) => a.line - b.line);
  return {
    templates,
    preview: {
      rows: count,
      valid: templates.length,
      unchanged,
      problems: problems.slice(0, PROBLEMS_SHOWN),
      problemCount: problems.length,
      sha256: hashOf(csv),
      practitioners: new Set(templates.map(({ practitionerId }) => practitionerId)).size,
    },
  };
}

function toTemplate(row: ImportRow, practitionerId: PractitionerId, service: ServiceCode): RosterTemplate {
  const { line: _line, login: _login, service: _service, ...rest } = row;
  return {
    ...rest,
    id: newId<RosterEntryId>(),
    practitionerId,
    service,
    weekdays: [...row.weekdays].sort((a, b) => a - b),
  };
}

function isSame(a: RosterTemplate, b: RosterTemplate): boolean {
  const content = ({ id: _id, ...rest }: RosterTemplate) =>
    JSON.stringify(Object.entries(rest).sort(([x], [y]) => (x < y ? -1 : 1)));
  return content(a) === content(b);
}

function hashOf(csv: string): string {
  return createHash('sha256').update(csv).digest('hex');
}
