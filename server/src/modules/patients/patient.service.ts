import type { PatientId, StationId } from '@jaqyn/shared/kernel/ids';
import { birthDateOfIin, findIinProblem, sexOfIin } from '@jaqyn/shared/kernel/iin';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { Patient, PatientInput } from '@jaqyn/shared/patients/patient.contract';
import type { PatientSummary } from '@jaqyn/shared/patients/patient-summary';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import { canonicalize } from '../../kernel/canonical-json.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import { type PatientScope, patientRepository } from './patient.repository.ts';

export type PatientWarning = 'iin_birth_date_differs' | 'iin_sex_differs';

export class PatientService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
  }

  /**
   * Digits search the IIN, a date the birth date (YYYY-MM-DD or DD.MM.YYYY), words the names; nothing lists the recent. Whose names
   * were shown is audited.
   */
  async searchPatients(actor: Actor, text: string, most: number): Promise<{ patients: Patient[]; hasMore: boolean }> {
    const query = text.trim();
    const date = parseDate(query);
    // One more than asked for tells whether there are more.
    const limit = most + 1;
    const found = await this.#store.read(async (tx) => {
      const scope = await this.#scopeOf(tx, actor);
      if (scope === undefined) return [];
      if (query === '') return patientRepository.listRecent(tx, scope, limit);
      if (date !== undefined) return patientRepository.listByBirthDate(tx, scope, date, limit);
      if (/^\d{1,12}$/.test(query)) return patientRepository.listByIinPrefix(tx, scope, query, limit);
      const words = searchKey(query).split(' ').filter(Boolean);
      return words.length === 0 ? [] : patientRepository.listByName(tx, scope, words, limit);
    });
    const patients = found.slice(0, most);
    await this.#reads.record(actor, {
      action: 'patient.search',
      entityType: 'patient',
      entityIds: patients.map(({ id }) => id),
    });
    return { patients, hasMore: found.length > most };
  }

  /** Throws `patient.not_found` for a missing and a foreign patient alike; the reading is audited. */
  async getPatient(actor: Actor, id: PatientId): Promise<Patient> {
    const patient = await this.#store.read((tx) => this.getVisible(tx, actor, id));
    await this.#reads.record(actor, { action: 'patient.read', entityType: 'patient', entityIds: [id] });
    return patient;
  }

  /** For a unit of work of another module. Throws `patient.not_found`. */
  async getVisible(tx: Tx, actor: Actor, id: PatientId): Promise<Patient> {
    const patient = await patientRepository.find(tx, id);
    if (patient === undefined || !(await this.#maySee(tx, actor, patient))) throw new DomainError('patient.not_found');
    return patient;
  }

  listByIds(tx: Tx, ids: readonly string[]): Promise<Patient[]> {
    return patientRepository.listByIds(tx, ids);
  }

  /**
   * Registers at the caller's station. The id comes from the caller: the same id again answers what is stored.
   * Throws `idempotency.key_reused` for the same id with another content, `patient.iin_invalid`, `patient.iin_taken`, and
   * `request.invalid` for a birth date to come; a birth date or sex other than the IIN's is only a warning.
   */
  async registerPatient(
    actor: Actor,
    input: PatientInput & { id: PatientId },
  ): Promise<{ patient: Patient; warnings: PatientWarning[] }> {
    const { stationId } = actor;
    if (stationId === null) throw new DomainError('station.not_found');
    if (input.iin !== null && findIinProblem(input.iin) !== undefined) {
      throw new DomainError('patient.iin_invalid', { fields: [{ path: 'iin', code: 'check_digit' }] });
    }
    const at = this.#clock.instant();
    if (input.birthDate > localDate(at)) {
      throw new DomainError('request.invalid', { fields: [{ path: 'birthDate', code: 'in_the_future' }] });
    }
    const patient = await this.#store.transaction(async (tx) => {
      const stored = await patientRepository.find(tx, input.id);
      if (stored !== undefined) {
        if (!isSamePatient(stored, stationId, input)) throw new DomainError('idempotency.key_reused');
        return stored;
      }
      if (input.iin !== null && (await patientRepository.findByIin(tx, input.iin)) !== undefined) {
        throw new DomainError('patient.iin_taken', { fields: [{ path: 'iin', code: 'taken' }] });
      }
      await patientRepository.insert(tx, {
        ...input,
        stationId,
        searchKey: searchKey(`${input.familyName} ${input.givenName} ${input.middleName}`),
        registeredAt: at,
        registeredBy: actor.userId,
      });
      await auditLog.append(tx, { at, actor, action: 'patient.register', entityType: 'patient', entityId: input.id });
      const created = await patientRepository.find(tx, input.id);
      if (created === undefined) throw new DomainError('patient.not_found');
      return created;
    });
    return { patient, warnings: warningsFor(input) };
  }

  /**
   * Allergies, conditions, medicines, representatives: another version, the ones before stay. Throws `patient.not_found`,
   * `patient.summary_changed` when somebody saved one meanwhile. Saving the same again answers the same.
   */
  async saveSummary(
    actor: Actor,
    id: PatientId,
    { baseVersion, summary }: { baseVersion: number; summary: PatientSummary },
  ): Promise<Patient> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const patient = await this.getVisible(tx, actor, id);
      if (patient.summaryVersion === baseVersion + 1 && canonicalize(patient.summary) === canonicalize(summary)) {
        return patient;
      }
      if (!(await patientRepository.saveSummary(tx, patient.id, baseVersion, { summary, at, by: actor.userId }))) {
        throw new DomainError('patient.summary_changed');
      }
      await auditLog.append(tx, {
        at,
        actor,
        action: 'patient.save_summary',
        entityType: 'patient',
        entityId: patient.id,
        detail: { version: baseVersion + 1 },
      });
      return this.getVisible(tx, actor, id);
    });
  }

  async #scopeOf(tx: Tx, actor: Actor): Promise<PatientScope | undefined> {
    if (actor.role === 'coordinator') return 'all';
    const { stationId } = actor;
    if (stationId === null) return undefined;
    return { stationId, visitors: await patientRepository.listVisitors(tx, stationId, this.#clock.instant()) };
  }

  async #maySee(tx: Tx, actor: Actor, patient: Patient): Promise<boolean> {
    switch (actor.role) {
      case 'feldsher':
        return (
          actor.stationId !== null &&
          (patient.stationId === actor.stationId ||
            (await patientRepository.isVisiting(tx, patient.id, actor.stationId, this.#clock.instant())))
        );
      case 'specialist':
        return (
          actor.practitionerId !== null &&
          (await patientRepository.isKnownToPractitioner(tx, patient.id, actor.practitionerId))
        );
      case 'coordinator':
        return true;
      case 'admin':
      case 'analyst':
        return false;
    }
  }
}

function isSamePatient(stored: Patient, stationId: StationId, input: PatientInput): boolean {
  return (
    stored.stationId === stationId &&
    (Object.keys(input) as (keyof PatientInput)[]).every((field) => stored[field] === input[field])
  );
}

function parseDate(text: string): string | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso) return text;
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  return local ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}` : undefined;
}

function warningsFor({ iin, birthDate, sex }: PatientInput): PatientWarning[] {
  if (iin === null) return [];
  const warnings: PatientWarning[] = [];
  if (birthDateOfIin(iin) !== birthDate) warnings.push('iin_birth_date_differs');
  if (sexOfIin(iin) !== sex) warnings.push('iin_sex_differs');
  return warnings;
}
