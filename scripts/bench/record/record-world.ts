import type { Database } from 'better-sqlite3';
import { auditHash, auditLeaf, encodeFrontier, GENESIS_HASH } from '../../../server/src/modules/audit/audit-entry.ts';
import { addLeaf, EMPTY_TREE, type TreeState } from '../../../server/src/modules/audit/merkle-tree.ts';
import type { AuditActionOf } from '../../../shared/src/audit/audit-actions.ts';
import type { ConsultationState } from '../../../shared/src/consultations/consultation.machine.ts';
import type { PatientId, PractitionerId, SpecialtyCode, StationId, UserId } from '../../../shared/src/kernel/ids.ts';
import { iinCheckDigit } from '../../../shared/src/kernel/iin.ts';
import { searchKey } from '../../../shared/src/kernel/search-key.ts';
import { type Instant, toInstant } from '../../../shared/src/kernel/time.ts';
import { Random } from '../../seed/random.ts';
import { Rows } from '../schedule/rows.ts';
import { drawName, type Sex } from './record-names.ts';

export interface RecordScale {
  readonly stations: number;
  readonly specialists: number;
  readonly patients: number;
  readonly consults: number;
}

export const COUNTRY: RecordScale = { stations: 655, specialists: 2000, patients: 1_000_000, consults: 2_000_000 };

/** Shares of the consults; the first is the busiest specialty. */
const SPECIALTIES = [
  ['therapy', 20],
  ['cardiology', 16],
  ['neurology', 14],
  ['endocrinology', 10],
  ['paediatrics', 10],
  ['obstetrics', 8],
  ['surgery', 8],
  ['dermatology', 7],
  ['pulmonology', 7],
] as const;
const CODES = ['I10', 'I20.8', 'E11.9', 'G43.9', 'J45.9', 'L20.9', 'M54.5', 'N39.0', 'J06.9', 'K29.5'] as const;
const REASONS = [
  'Қан қысымы көтеріледі, басы айналады, емнен кейін де түспейді',
  'Жүрегі шаншиды, түнде ұйқысы қашады',
  'Боли в пояснице третью неделю, отдаёт в ногу',
  'Ентігеді, екі аптадан бері жөтеледі, түнде күшейеді',
  'Сахар крови натощак выше нормы, жажда, слабость',
  'Бала екі күннен бері қызып жатыр, тамақ ішпейді',
] as const;
const FINDINGS =
  'Шағымдары мен өлшемдері қаралды. Жалпы жағдайы қанағаттанарлық, ентігу жоқ. Қашықтан қарағанда тері жабындылары таза, ісіну байқалмайды.';
const RECOMMENDATIONS = [
  'Қан қысымын күніне екі рет өлшеп, күнделікке жазу',
  'Бір аптадан кейін қайта кеңес алу',
  'Жалпы қан талдауын тапсыру',
] as const;

/** Four years, the newest of them the fullest. */
const YEARS = 4;
const DAY_MS = 86_400_000;

interface Station {
  readonly id: StationId;
  readonly feldsher: UserId;
  readonly patients: PatientId[];
}
interface Specialist {
  readonly id: PractitionerId;
  readonly userId: UserId;
}

/** Tables that are filled before their indexes are made: one sort instead of millions of places to find. */
const LARGE = ['patient', 'service_request', 'observation_set', 'composition', 'message', 'audit_event'] as const;

/**
 * Four years of a country's consults up to `now`, past the services but in the product's own schema with its checks and triggers: places,
 * people, patients with a station each, requests in every state, vital signs, chat, conclusions, and the chained audit log with its
 * tree. What is not made: signatures (one is made by each measured signing), bookings, files.
 */
export function buildRecordWorld(database: Database, scale: RecordScale, now: Date, seed: number): void {
  const random = new Random(`record ${seed}`);
  database.pragma('foreign_keys = OFF');
  database.pragma('synchronous = OFF');
  const indexes = database
    .prepare<[], { name: string; tbl_name: string; sql: string }>(
      "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all()
    .filter(({ tbl_name: table }) => LARGE.some((large) => large === table));
  for (const { name } of indexes) database.exec(`DROP INDEX "${name}"`);
  database.exec('BEGIN');
  const rows = new Rows(database);
  const { stations, specialists, coordinator } = createPeople(rows, random, scale);
  createPatients(rows, random, { stations, scale, now });
  createConsults(rows, random, { stations, specialists, coordinator, scale, now });
  database.exec('COMMIT');
  for (const { sql } of indexes) database.exec(sql);
}

function createPeople(rows: Rows, random: Random, scale: RecordScale) {
  const regions = 17;
  const organizations = Array.from({ length: regions }, (_, n) => rows.organization(`Облыстық аурухана ${n}`, null));
  const coordinator = rows.user('coordinator', 'coordinator-country');
  const specialties = SPECIALTIES.map(([code]) => rows.specialty(code));
  const specialists = new Map<SpecialtyCode, Specialist[]>();
  const shares = random.shuffle(
    SPECIALTIES.flatMap(([, share], n) => Array.from({ length: share }, () => specialties[n])),
  );
  for (let n = 0; n < scale.specialists; n += 1) {
    const specialty = shares[n % shares.length] as SpecialtyCode;
    const name = drawName(random, random.chance(0.6) ? 'female' : 'male');
    const id = rows.practitioner(specialty, random.pick(organizations), `${name.familyName} ${name.givenName}`);
    const userId = rows.user('specialist', `specialist-${n}`, { practitionerId: id });
    const known = specialists.get(specialty) ?? [];
    specialists.set(specialty, known);
    known.push({ id, userId });
  }
  const stations = Array.from({ length: scale.stations }, (_, n): Station => {
    const id = rows.station(random.pick(organizations), `Ауыл ${n}`, { cameras: 1, equipment: [] });
    return { id, feldsher: rows.user('feldsher', `feldsher-${n}`, { stationId: id }), patients: [] };
  });
  return { stations, specialists, coordinator };
}

function createPatients(
  rows: Rows,
  random: Random,
  { stations, scale, now }: { stations: readonly Station[]; scale: RecordScale; now: Date },
): void {
  const serials = new Map<string, number>();
  const first = now.getTime() - YEARS * 365 * DAY_MS;
  for (let n = 0; n < scale.patients; n += 1) {
    const at = Math.floor(first + (n / scale.patients) * (now.getTime() - first));
    const station = stations[random.int(0, stations.length - 1)] as Station;
    const sex: Sex = random.chance(0.55) ? 'female' : 'male';
    const name = drawName(random, sex);
    const birthDate = new Date(Date.UTC(1935, 0, 1) + random.int(0, 88 * 365) * DAY_MS).toISOString().slice(0, 10);
    const id = idAt(random, at) as PatientId;
    station.patients.push(id);
    rows.insert('patient', {
      id,
      iin: random.chance(0.03) ? null : drawIin(serials, birthDate, sex),
      family_name: name.familyName,
      given_name: name.givenName,
      middle_name: name.middleName,
      search_key: searchKey(`${name.familyName} ${name.givenName} ${name.middleName}`),
      birth_date: birthDate,
      sex,
      phone: `+7 70${random.int(1, 8)} ${random.int(100, 999)} ${random.int(10, 99)} ${random.int(10, 99)}`,
      address: `Ауыл, ${random.int(1, 90)}-үй`,
      station_id: station.id,
      insurance: random.chance(0.85) ? 'insured' : 'uninsured',
      allergies: random.chance(0.4) ? (random.chance(0.2) ? 'Пенициллин' : '') : null,
      chronic_conditions: random.chance(0.3) ? 'Артериялық гипертензия' : '',
      registered_at: toInstant(new Date(at)),
      registered_by: station.feldsher,
    });
  }
}

/** A UUIDv7 of a moment; millions of them from a source of secrets would take longer than their rows. */
function idAt(random: Random, ms: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const one = hex32(random);
  const two = hex32(random);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${one.slice(0, 3)}-8${one.slice(3, 6)}-${two}${hex32(random).slice(0, 4)}`;
}

function hex32(random: Random): string {
  return Math.floor(random.next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

/** Twelve digits with a right check digit, each once. */
function drawIin(serials: Map<string, number>, birthDate: string, sex: Sex): string | null {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const century = (year < '2000' ? 3 : 5) + (sex === 'female' ? 1 : 0);
  const start = `${year.slice(2)}${month}${day}${century}`;
  for (let serial = serials.get(start) ?? 0; serial < 10_000; serial += 1) {
    serials.set(start, serial + 1);
    const eleven = `${start}${String(serial).padStart(4, '0')}`;
    const digit = iinCheckDigit(eleven);
    if (digit !== undefined) return `${eleven}${digit}`;
  }
  return null;
}

interface Crowd {
  readonly stations: readonly Station[];
  readonly specialists: ReadonlyMap<SpecialtyCode, readonly Specialist[]>;
  readonly coordinator: UserId;
  readonly scale: RecordScale;
  readonly now: Date;
}

function createConsults(rows: Rows, random: Random, { stations, specialists, scale, now }: Crowd): void {
  const log = new AuditChain(rows);
  const shares = SPECIALTIES.flatMap(([code, share]) => Array.from({ length: share }, () => code as SpecialtyCode));
  const span = YEARS * 365 * DAY_MS;
  const first = now.getTime() - span;
  const numbers = new Map<string, number>();
  for (let n = 0; n < scale.consults; n += 1) {
    // The square root: twice as many a day at the end as in the middle.
    const created = Math.floor(first + Math.sqrt((n + 0.5) / scale.consults) * span);
    const createdAt = toInstant(new Date(created));
    const station = stations[random.int(0, stations.length - 1)] as Station;
    // A few of a station's people come again and again, most of them once in years.
    const patientId = station.patients[Math.floor(station.patients.length * random.next() ** 1.8)];
    if (patientId === undefined) continue;
    const specialty = random.pick(shares);
    const specialist = random.pick(specialists.get(specialty) ?? []);
    const status = drawState(random, now.getTime() - created);
    const isAnswered = !NOT_ANSWERED.has(status);
    const urgency = random.chance(0.8) ? 'routine' : random.chance(0.7) ? 'urgent' : 'asap';
    const year = createdAt.slice(0, 4);
    const number = (numbers.get(year) ?? 0) + 1;
    numbers.set(year, number);
    const requestId = idAt(random, created);
    const answeredAt = toInstant(new Date(created + 90_000));
    const endedAt = toInstant(new Date(created + 1_000_000));
    const isOver = isAnswered && status !== 'async_assigned';
    rows.insert('service_request', {
      id: requestId,
      number: `${year}-${String(number).padStart(6, '0')}`,
      status,
      version: 7,
      urgency,
      urgency_rank: { routine: 0, urgent: 1, asap: 2 }[urgency],
      specialty,
      reason: random.pick(REASONS),
      is_planned: NOT_ANSWERED.has(status) && random.chance(0.9) ? 1 : 0,
      patient_id: patientId,
      station_id: station.id,
      requested_by: station.feldsher,
      practitioner_id: isAnswered ? specialist.id : null,
      created_at: createdAt,
      status_changed_at: isOver ? endedAt : createdAt,
      answered_at: isAnswered ? answeredAt : null,
      ended_at: isOver ? endedAt : null,
      cancel_reason: status === 'cancelled' ? 'patient_left' : null,
      preliminary_code: random.chance(0.6) ? random.pick(CODES) : null,
    });
    log.append(created, station.feldsher, 'feldsher', 'create', requestId, { specialty, urgency, patientId });
    if (random.chance(0.8)) {
      rows.insert('observation_set', {
        id: idAt(random, created),
        request_id: requestId,
        taken_at: createdAt,
        taken_by: station.feldsher,
        vitals: JSON.stringify({
          systolic: random.int(100, 180),
          diastolic: random.int(60, 110),
          heartRate: random.int(55, 110),
          temperature: random.int(360, 380) / 10,
          spo2: random.int(90, 99),
        }),
      });
    }
    for (let seq = 1, said = random.chance(0.15) ? random.int(1, 4) : 0; seq <= said; seq += 1) {
      rows.insert('message', {
        id: idAt(random, created),
        request_id: requestId,
        seq,
        author_id: seq % 2 === 1 ? station.feldsher : specialist.userId,
        text: 'Дәріні қанша рет береміз?',
        sent_at: answeredAt,
      });
    }
    if (!WRITTEN.has(status)) continue;
    const isSigned = SIGNED.has(status);
    writeConclusion(rows, random, { requestId, authorId: specialist.userId, at: endedAt, ms: created, isSigned });
    if (isSigned) log.append(created + 1_000_000, specialist.userId, 'specialist', 'sign', requestId, { to: 'signed' });
  }
  for (const [year, last] of numbers) rows.insert('request_counter', { year: Number(year), last });
  log.close();
}

const NOT_ANSWERED: ReadonlySet<ConsultationState> = new Set(['in_triage', 'info_requested', 'accepted', 'cancelled']);
const SIGNED: ReadonlySet<ConsultationState> = new Set(['closed', 'signed', 'delivered']);
const WRITTEN: ReadonlySet<ConsultationState> = new Set([...SIGNED, 'conclusion_draft', 'awaiting_signature']);

/** What is older than a week is over; of the last days a part still waits for somebody. */
function drawState(random: Random, age: number): ConsultationState {
  if (random.chance(0.02)) return 'cancelled';
  const days = age / DAY_MS;
  if (days > 7 || !random.chance(0.9 - days / 10)) return 'closed';
  const drawn = random.next();
  if (drawn < 0.25) return 'in_triage';
  if (drawn < 0.28) return 'info_requested';
  if (drawn < 0.4) return 'accepted';
  if (drawn < 0.45) return 'async_assigned';
  if (drawn < 0.55) return 'conclusion_draft';
  if (drawn < 0.6) return 'awaiting_signature';
  if (drawn < 0.8) return 'signed';
  return 'delivered';
}

function writeConclusion(
  rows: Rows,
  random: Random,
  of: { requestId: string; authorId: UserId; at: Instant; ms: number; isSigned: boolean },
): void {
  const content = JSON.stringify({
    findings: FINDINGS,
    diagnosis: { code: random.pick(CODES), text: 'Эссенциялық гипертензия', certainty: 'final' },
    recommendations: RECOMMENDATIONS.slice(0, random.int(1, 3)),
    medicines: 'Лизиноприл 10 мг, таңертең бір рет',
    furtherTests: '',
    referral: '',
    followUpDate: null,
    limits: 'Тыңдап қарау мүмкін болмады',
  });
  const id = idAt(random, of.ms);
  rows.insert('composition', {
    id,
    request_id: of.requestId,
    status: of.isSigned ? 'final' : 'preliminary',
    version: random.int(3, 30),
    content,
    author_id: of.authorId,
    saved_at: of.at,
    signed_at: of.isSigned ? of.at : null,
    signed_bytes: of.isSigned ? content : null,
    sha256: of.isSigned ? id.replaceAll('-', '').repeat(2) : null,
    edition: 1,
    token: id.slice(14).replaceAll('-', ''),
  });
}

/** The log as the product writes it, in memory instead of in its one row until the end. */
class AuditChain {
  readonly #rows: Rows;
  #tree: TreeState = EMPTY_TREE;
  #lastHash = GENESIS_HASH;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  append(
    ms: number,
    userId: UserId,
    role: 'feldsher' | 'specialist',
    what: AuditActionOf<'consultation'>,
    entityId: string,
    detail: Record<string, string>,
  ): void {
    const at = toInstant(new Date(ms));
    const action = `consultation.${what}` as const;
    const entry = { at, actor: { userId, role }, action, entityType: 'consultation' as const, entityId, detail };
    const hash = auditHash(this.#lastHash, entry);
    const names = Object.keys(detail).sort();
    this.#rows.insert('audit_event', {
      at,
      actor_id: userId,
      actor_role: role,
      action,
      entity_type: 'consultation',
      entity_id: entityId,
      detail: JSON.stringify(detail, names),
      prev_hash: this.#lastHash,
      hash,
    });
    this.#tree = addLeaf(this.#tree, auditLeaf(this.#tree.size + 1, hash));
    this.#lastHash = hash;
  }

  close(): void {
    const { size } = this.#tree;
    this.#rows.insert('audit_tree', { id: 1, size, frontier: encodeFrontier(this.#tree), last_hash: this.#lastHash });
  }
}
