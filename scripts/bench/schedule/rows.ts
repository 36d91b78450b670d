import type { Database } from 'better-sqlite3';
import { newId } from '../../../server/src/kernel/ids.ts';
import type { Language, Role } from '../../../shared/src/auth/auth.contract.ts';
import type {
  OrganizationId,
  PatientId,
  PractitionerId,
  RequestId,
  ServiceCode,
  SpecialtyCode,
  StationId,
  UserId,
} from '../../../shared/src/kernel/ids.ts';
import type { CalendarDate, Instant } from '../../../shared/src/kernel/time.ts';

type Value = string | number | null;

/** Rows written past the services: a country's schedule in seconds. Triggers and checks of the database stay on. */
export class Rows {
  readonly #database: Database;
  readonly #inserts = new Map<string, (values: Value[]) => void>();
  #count = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  insert(table: string, row: Readonly<Record<string, Value>>): void {
    let insert = this.#inserts.get(table);
    if (insert === undefined) {
      const columns = Object.keys(row).map((column) => `"${column}"`);
      const statement = this.#database.prepare(
        `INSERT INTO "${table}" (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
      );
      insert = (values) => void statement.run(values);
      this.#inserts.set(table, insert);
    }
    this.#count += 1;
    insert(Object.values(row));
  }

  get count(): number {
    return this.#count;
  }

  // --- what several kinds of row have in common; each table is written by one of these, so its columns never differ

  organization(name: string, region: string | null): OrganizationId {
    const id = newId<OrganizationId>();
    const bin = String(this.#count).padStart(12, '9');
    this.insert('organization', { id, bin, name_kk: name, name_ru: name, name_en: name });
    if (region !== null) this.insert('organization_region', { organization_id: id, region });
    return id;
  }

  station(organizationId: OrganizationId, name: string, kit: { cameras: number; equipment: string[] }): StationId {
    const id = newId<StationId>();
    const texts = Object.fromEntries(
      ['name', 'oblast', 'district', 'settlement'].flatMap((noun) =>
        ['kk', 'ru', 'en'].map((language) => [`${noun}_${language}`, name]),
      ),
    );
    const phones = { phone: '+7 726 312 34 56', coordinator_phone: '+7 726 245 00 00' };
    this.insert('station', { id, organization_id: organizationId, ...texts, ...phones, is_active: 1 });
    const equipment = JSON.stringify(kit.equipment);
    this.insert('station_kit', { station_id: id, cameras: kit.cameras, equipment });
    return id;
  }

  specialty(code: string): SpecialtyCode {
    this.insert('specialty', { code, name_kk: code, name_ru: code, name_en: code, position: this.#count });
    return code as SpecialtyCode;
  }

  service(
    specialty: SpecialtyCode,
    mode: 'video' | 'async',
    options: { slotMinutes: number; stationMayBook: boolean; equipment?: string[] },
  ): ServiceCode {
    const code = `${specialty}-${mode}` as ServiceCode;
    this.insert('healthcare_service', {
      code,
      specialty,
      name_kk: code,
      name_ru: code,
      name_en: code,
      mode,
      slot_minutes: options.slotMinutes,
      buffer_minutes: 0,
      station_may_book: options.stationMayBook ? 1 : 0,
      overbook_lanes: 0,
      required_equipment: JSON.stringify(options.equipment ?? []),
      retired_from: null,
    });
    return code;
  }

  practitioner(specialty: SpecialtyCode, organizationId: OrganizationId, displayName: string): PractitionerId {
    const id = newId<PractitionerId>();
    this.insert('practitioner', {
      id,
      display_name: displayName,
      specialty,
      organization_id: organizationId,
      is_available: 1,
    });
    return id;
  }

  /** A user who cannot sign in with a password: sessions are written beside them where some are needed. */
  user(role: Role, login: string, of: { stationId?: StationId; practitionerId?: PractitionerId } = {}): UserId {
    const id = newId<UserId>();
    this.insert('user', {
      id,
      login,
      display_name: login,
      password_hash: '-',
      role,
      language: 'kk' satisfies Language,
      station_id: of.stationId ?? null,
      practitioner_id: of.practitionerId ?? null,
      created_at: LONG_AGO,
    });
    return id;
  }

  patient(stationId: StationId, familyName: string): PatientId {
    const id = newId<PatientId>();
    this.insert('patient', {
      id,
      iin: null,
      family_name: familyName,
      given_name: 'Гүлсім',
      middle_name: 'Әбдірахманқызы',
      search_key: familyName.toLowerCase(),
      birth_date: '1958-03-14',
      sex: 'female',
      phone: '+7 701 000 00 00',
      address: 'Құлан ауылы',
      station_id: stationId,
      insurance: 'insured',
      allergies: null,
      chronic_conditions: '',
      registered_at: LONG_AGO,
    });
    return id;
  }

  request(values: {
    status: string;
    specialty: SpecialtyCode;
    patientId: PatientId;
    stationId: StationId;
    requestedBy: UserId;
    practitionerId: PractitionerId | null;
    createdAt: Instant;
  }): RequestId {
    const id = newId<RequestId>();
    this.insert('service_request', {
      id,
      number: `2026-${String(this.#count).padStart(9, '0')}`,
      status: values.status,
      version: 1,
      urgency: 'routine',
      urgency_rank: 0,
      specialty: values.specialty,
      reason: 'Жүрегі шаншиды, түнде ұйқысы қашады',
      patient_id: values.patientId,
      station_id: values.stationId,
      requested_by: values.requestedBy,
      practitioner_id: values.practitionerId,
      created_at: values.createdAt,
      status_changed_at: values.createdAt,
    });
    return id;
  }

  template(values: {
    practitionerId: PractitionerId;
    service: ServiceCode;
    mode: 'video' | 'async' | 'on_call';
    weekdays: readonly number[];
    startMinute: number;
    endMinute: number;
    slotMinutes: number;
    worksOnHolidays: boolean;
    validFrom: CalendarDate;
    createdBy: UserId;
  }): string {
    const id = newId<string>();
    this.insert('roster_template', {
      id,
      practitioner_id: values.practitionerId,
      service: values.service,
      mode: values.mode,
      weekdays: values.weekdays.reduce((bits, weekday) => bits | (1 << (weekday - 1)), 0),
      start_minute: values.startMinute,
      end_minute: values.endMinute,
      slot_minutes: values.slotMinutes,
      buffer_minutes: 0,
      works_on_holidays: values.worksOnHolidays ? 1 : 0,
      rank: values.mode === 'on_call' ? 1 : null,
      valid_from: values.validFrom,
      valid_to: null,
      created_at: LONG_AGO,
      created_by: values.createdBy,
      withdrawn_at: null,
    });
    return id;
  }
}

export const LONG_AGO = '2026-01-05T04:00:00.000Z' as Instant;
