import type { PatientId, StayId } from '@jaqyn/shared/kernel/ids';
import type {
  DuplicatePair,
  DuplicateReason,
  Identity,
  LikelyDuplicate,
  StayKind,
} from '@jaqyn/shared/patients/duplicate.contract';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { ReadLog } from '../audit/read-log.ts';
import { duplicateRepository } from './duplicate.repository.ts';
import { patientRepository, toPatient } from './patient.repository.ts';
import type { PatientService } from './patient.service.ts';
import { areSimilarNames, nameKey } from './similar-names.ts';

const SHOWN = 6;
const VISIT_DAYS = 30;
const PAIRS_LOOKED_AT = 5000;
const PAIRS_SHOWN = 100;

const ORDER: readonly DuplicateReason[] = ['iin', 'name_and_birth_date', 'similar_name'];

type Named = Pick<Identity, 'familyName' | 'givenName'>;

/** Cards that may be of one person: found while registering, and for the coordinator; and the way to a card at another station. */
export class DuplicateService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #reads: ReadLog;
  readonly #patients: Pick<PatientService, 'getVisible'>;

  constructor({
    store,
    clock,
    patients,
  }: { store: Store; clock: Clock; patients: Pick<PatientService, 'getVisible'> }) {
    this.#store = store;
    this.#clock = clock;
    this.#reads = new ReadLog({ store, clock });
    this.#patients = patients;
  }

  /** The surest first. Of a card elsewhere it shows what was typed and the place. Whose cards were shown is audited. */
  async findLikely(actor: Actor, identity: Identity): Promise<LikelyDuplicate[]> {
    const { stationId } = actor;
    if (stationId === null) throw new DomainError('station.not_found');
    const at = this.#clock.instant();
    const found = await this.#store.read(async (tx) => {
      const visitors = new Set(await patientRepository.listVisitors(tx, stationId, at));
      const candidates = await duplicateRepository.listCandidates(tx, {
        iin: identity.iin,
        birthDate: identity.birthDate,
        stationId,
        namePrefixes: namePrefixes(identity),
      });
      return candidates.flatMap(({ patient, station, settlement }): LikelyDuplicate[] => {
        const isHere = patient.stationId === stationId || visitors.has(patient.id);
        const reason = reasonFor(identity, patient, isHere);
        if (reason === undefined) return [];
        const { id, birthDate, sex, iin } = patient;
        const names = isHere ? patient : maskedNames(patient, identity);
        const { familyName, givenName, middleName } = names;
        const iinEnd = iin === null ? null : iin.slice(-4);
        return [
          {
            id,
            reason,
            familyName,
            givenName,
            middleName,
            birthDate,
            sex,
            iinEnd,
            elsewhere: isHere ? null : { station, settlement },
          },
        ];
      });
    });
    const duplicates = found
      .toSorted((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || (a.id < b.id ? -1 : 1))
      .slice(0, SHOWN);
    await this.#reads.record(actor, {
      action: 'patient.find_duplicates',
      entityType: 'patient',
      entityIds: duplicates.map(({ id }) => id),
    });
    return duplicates;
  }

  /**
   * Opens the card of somebody who is registered elsewhere and stands here. What identifies them must fit the card, so that nobody
   * opens cards of people who are not there: `patient.not_found` otherwise. The id comes from the caller: again is harmless.
   */
  admit(
    actor: Actor,
    patientId: PatientId,
    input: { readonly id: StayId; readonly kind: StayKind; readonly reason: string; readonly identity: Identity },
  ): Promise<Patient> {
    const { stationId } = actor;
    if (stationId === null) throw new DomainError('station.not_found');
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await duplicateRepository.findStay(tx, input.id);
      if (stored !== undefined) {
        if (stored.admittedBy !== actor.userId || stored.kind !== input.kind)
          throw new DomainError('idempotency.key_reused');
        return this.#patients.getVisible(tx, actor, patientId);
      }
      const patient = await patientRepository.find(tx, patientId);
      if (patient === undefined || !isIdentifiedBy(patient, input.identity)) throw new DomainError('patient.not_found');
      const isVisit = input.kind === 'visiting';
      await duplicateRepository.insertStay(tx, {
        id: input.id,
        patientId: patient.id,
        stationId,
        kind: input.kind,
        fromStationId: patient.stationId,
        reason: input.reason,
        at,
        until: isVisit ? new Date(Date.parse(at) + VISIT_DAYS * 86_400_000).toISOString() : null,
        admittedBy: actor.userId,
      });
      if (!isVisit) await patientRepository.update(tx, patient.id, { stationId });
      await auditLog.append(tx, {
        at,
        actor,
        action: isVisit ? 'patient.admit_visitor' : 'patient.move_station',
        entityType: 'patient',
        entityId: patient.id,
        detail: { stayId: input.id, from: patient.stationId, to: stationId },
      });
      return this.#patients.getVisible(tx, actor, patient.id);
    });
  }

  /** For the coordinator: pairs of cards that may be one person, the surest first. Whose cards were shown is audited. */
  async listPairs(actor: Actor): Promise<{ pairs: DuplicatePair[]; total: number; isPart: boolean }> {
    const { found, isPart } = await this.#store.read(async (tx) => this.#pairsOf(tx));
    const pairs = found.slice(0, PAIRS_SHOWN);
    await this.#reads.record(actor, {
      action: 'patient.find_duplicates',
      entityType: 'patient',
      entityIds: pairs.flatMap(({ one, other }) => [one.id, other.id]),
    });
    return { pairs, total: found.length, isPart };
  }

  async #pairsOf(tx: Tx): Promise<{ found: DuplicatePair[]; isPart: boolean }> {
    const rows = await duplicateRepository.listSameBirthDate(tx, PAIRS_LOOKED_AT);
    const found = rows
      .flatMap(([one, other]): DuplicatePair[] => {
        // Two different IINs are two people, twins among them.
        if (one.iin !== null && other.iin !== null && one.iin !== other.iin) return [];
        const reason = nameKey(one) === nameKey(other) ? 'name_and_birth_date' : 'similar_name';
        if (reason === 'similar_name' && !areSimilarNames(one, other)) return [];
        return [{ reason, one: toPatient(one), other: toPatient(other) }];
      })
      .toSorted((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason));
    return { found, isPart: rows.length === PAIRS_LOOKED_AT };
  }
}

/** Cards of the station are looked for by the first two letters of either name. */
function namePrefixes(named: Named): string[] {
  const key = nameKey(named);
  return key.length < 2 ? [] : [key.slice(0, 2)];
}

function reasonFor(identity: Identity, patient: Patient, isHere: boolean): DuplicateReason | undefined {
  if (identity.iin !== null && identity.iin === patient.iin) return 'iin';
  // Another IIN is another person.
  if (identity.iin !== null && patient.iin !== null) return undefined;
  const hasNames = identity.familyName !== '' && identity.givenName !== '';
  const isSameDay = identity.birthDate !== null && identity.birthDate === patient.birthDate;
  if (hasNames && isSameDay && nameKey(identity) === nameKey(patient)) return 'name_and_birth_date';
  if (!isHere || !hasNames || !areSimilarNames(identity, patient)) return undefined;
  return isSameDay || nameKey(identity) === nameKey(patient) ? 'similar_name' : undefined;
}

function isIdentifiedBy(patient: Patient, identity: Identity): boolean {
  if (identity.iin !== null && patient.iin !== null) return identity.iin === patient.iin;
  return identity.birthDate === patient.birthDate && nameKey(identity) === nameKey(patient);
}

/** Nothing that was not typed: the first letter of the rest. */
function maskedNames(patient: Patient, typed: Named): Pick<Patient, 'familyName' | 'givenName' | 'middleName'> {
  const mask = (name: string, own: string) =>
    nameKey({ familyName: name, givenName: '' }) === nameKey({ familyName: own, givenName: '' })
      ? name
      : `${name.slice(0, 1)}…`;
  return {
    familyName: mask(patient.familyName, typed.familyName),
    givenName: mask(patient.givenName, typed.givenName),
    middleName: '',
  };
}
