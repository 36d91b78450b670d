import type { Language, Role } from '@jaqyn/shared/auth/auth.contract';
import type {
  MessageId,
  OrganizationId,
  PatientId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
  UserId,
} from '@jaqyn/shared/kernel/ids';
import { iinCheckDigit } from '@jaqyn/shared/kernel/iin';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import type { LinkCheck } from '@jaqyn/shared/link-checks/link-check.contract';
import type { PatientInput } from '@jaqyn/shared/patients/patient.contract';
import { hash } from '@node-rs/argon2';
import type { Store } from '../src/db/store.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { newId } from '../src/kernel/ids.ts';
import { userTable } from '../src/modules/auth/user.table.ts';
import type { NewConsultation } from '../src/modules/consultations/request-intake.ts';
import { patientTable } from '../src/modules/patients/patient.table.ts';
import { onCallShiftTable, practitionerTable, specialtyTable } from '../src/modules/staff/staff.table.ts';
import { organizationTable, stationTable } from '../src/modules/stations/station.table.ts';

/** The password of every test user. */
export const PASSWORD = 'Тұлпар-2026';

// The weakest argon2id there is: sign-in verifies with the parameters inside the hash, and tests sign in by the hundred.
const passwordHash = hash(PASSWORD, { memoryCost: 8, timeCost: 1, parallelism: 1 });

let counter = 0;

/** A number no other call of this process got: for logins, BINs and IINs. */
function next(): number {
  counter += 1;
  return counter;
}

/** A user with what signing in needs. `actor` is what a session of theirs would give, without the session. */
export interface TestUser {
  readonly login: string;
  readonly actor: Actor;
}

interface UserOptions {
  readonly role: Role;
  readonly stationId?: StationId | null;
  readonly practitionerId?: PractitionerId | null;
  readonly specialty?: SpecialtyCode | null;
  readonly displayName?: string;
  readonly language?: Language;
  readonly isDisabled?: boolean;
}

export async function createUser(store: Store, options: UserOptions): Promise<TestUser> {
  const {
    role,
    stationId = null,
    practitionerId = null,
    specialty = null,
    language = 'kk',
    isDisabled = false,
  } = options;
  const id = newId<UserId>();
  const login = `${role}-${next()}`;
  const displayName = options.displayName ?? login;
  const row = {
    id,
    login,
    displayName,
    passwordHash: await passwordHash,
    role,
    language,
    stationId,
    practitionerId,
    isDisabled,
    createdAt: '2026-01-05T04:00:00.000Z',
  };
  await store.transaction(async (tx) => {
    await tx.insert(userTable).values(row);
  });
  return {
    login,
    actor: {
      userId: id,
      sessionId: newId<string>(),
      sessionExpiresAt: '2027-01-01T00:00:00.000Z',
      login,
      displayName,
      role,
      language,
      stationId,
      practitionerId,
      specialty,
    },
  };
}

export async function createOrganization(store: Store, name = 'Облыстық аурухана'): Promise<OrganizationId> {
  const id = newId<OrganizationId>();
  const bin = String(next()).padStart(12, '9');
  await store.transaction(async (tx) => {
    await tx.insert(organizationTable).values({ id, bin, nameKk: name, nameRu: name, nameEn: name });
  });
  return id;
}

export async function createStation(
  store: Store,
  organizationId: OrganizationId,
  settlement = 'Құлан',
): Promise<StationId> {
  const id = newId<StationId>();
  const name = `${settlement} ФАП`;
  await store.transaction(async (tx) => {
    await tx.insert(stationTable).values({
      id,
      organizationId,
      nameKk: name,
      nameRu: name,
      nameEn: name,
      oblastKk: 'Жамбыл облысы',
      oblastRu: 'Жамбылская область',
      oblastEn: 'Jambyl Region',
      districtKk: 'Т. Рысқұлов ауданы',
      districtRu: 'район Т. Рыскулова',
      districtEn: 'T. Ryskulov District',
      settlementKk: settlement,
      settlementRu: settlement,
      settlementEn: settlement,
      phone: '+7 726 312 34 56',
      coordinatorPhone: '+7 726 245 00 00',
    });
  });
  return id;
}

export async function createSpecialty(store: Store, code: string): Promise<SpecialtyCode> {
  await store.transaction(async (tx) => {
    await tx.insert(specialtyTable).values({ code, nameKk: code, nameRu: code, nameEn: code, position: next() });
  });
  return code as SpecialtyCode;
}

/** A practitioner with the user who signs in as them. */
export async function createSpecialist(
  store: Store,
  options: {
    readonly organizationId: OrganizationId;
    readonly specialty: SpecialtyCode;
    readonly displayName?: string;
    readonly isAvailable?: boolean;
    readonly isDisabled?: boolean;
  },
): Promise<TestUser & { practitionerId: PractitionerId }> {
  const practitionerId = newId<PractitionerId>();
  const displayName = options.displayName ?? `Дәрігер ${next()}`;
  const { organizationId, specialty, isAvailable = true, isDisabled = false } = options;
  await store.transaction(async (tx) => {
    await tx
      .insert(practitionerTable)
      .values({ id: practitionerId, displayName, specialty, organizationId, isAvailable });
  });
  const user = await createUser(store, { role: 'specialist', practitionerId, specialty, displayName, isDisabled });
  return { ...user, practitionerId };
}

/** On call from long ago until long after, on this rung, unless said otherwise. */
export async function createShift(
  store: Store,
  who: { practitionerId: PractitionerId; actor: Actor },
  options: { rank: number; startsAt?: string; endsAt?: string },
): Promise<void> {
  const { rank, startsAt = '2026-11-01T00:00:00.000Z', endsAt = '2026-12-31T00:00:00.000Z' } = options;
  const specialty = who.actor.specialty as SpecialtyCode;
  await store.transaction(async (tx) => {
    await tx.insert(onCallShiftTable).values({ practitionerId: who.practitionerId, specialty, startsAt, endsAt, rank });
  });
}

/** A valid IIN of somebody born on that day (of the twentieth or twenty-first century), another one with each call. */
export function makeIin(birthDate: string, sex: 'male' | 'female'): string {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const century = (year.startsWith('20') ? 5 : 3) + (sex === 'female' ? 1 : 0);
  while (true) {
    const first11 = `${year.slice(2)}${month}${day}${century}${String(next() % 10_000).padStart(4, '0')}`;
    const check = iinCheckDigit(first11);
    if (check !== undefined) return `${first11}${check}`;
  }
}

/** What a feldsher types for a new patient. */
export function newPatient(changes: Partial<PatientInput> = {}): PatientInput & { id: PatientId } {
  const birthDate = changes.birthDate ?? ('1958-03-14' as PatientInput['birthDate']);
  const sex = changes.sex ?? 'female';
  return {
    id: newId(),
    iin: makeIin(birthDate, sex),
    familyName: 'Жақсыбекова',
    givenName: 'Гүлсім',
    middleName: 'Әбдірахманқызы',
    birthDate,
    sex,
    phone: '+7 701 000 00 00',
    address: 'Құлан ауылы',
    insurance: 'insured',
    allergies: null,
    chronicConditions: '',
    ...changes,
  };
}

/** A patient of the station, as if registered there long ago. */
export async function createPatient(
  store: Store,
  stationId: StationId,
  changes: Partial<PatientInput> & { registeredAt?: string } = {},
): Promise<PatientId> {
  const { registeredAt = '2026-02-01T05:00:00.000Z', ...input } = changes;
  const patient = newPatient(input);
  await store.transaction(async (tx) => {
    await tx.insert(patientTable).values({
      ...patient,
      stationId,
      searchKey: searchKey(`${patient.familyName} ${patient.givenName} ${patient.middleName}`),
      registeredAt,
    });
  });
  return patient.id;
}

/** What a feldsher sends to call a specialist now. */
export function newConsultation(
  changes: Partial<NewConsultation> & Pick<NewConsultation, 'specialty'>,
): NewConsultation {
  return {
    id: newId<RequestId>(),
    patientId: null,
    urgency: 'stat',
    reason: 'Кеудесі қысып ауырады, екі сағат',
    vitals: { systolic: 165, diastolic: 100, heartRate: 96, spo2: 94 },
    ...changes,
  };
}

export const newMessageId = () => newId<MessageId>();

/** What a computer on a satellite link found out about itself. */
export const LINK_CHECK: LinkCheck = {
  camera: 'works',
  microphone: 'works',
  speaker: 'not_asked',
  way: 'udp',
  connectMs: 900,
  rttMs: 610,
  sentBps: 71_000,
  receivedBps: 70_000,
  lostPercent: 0.5,
  concealedPercent: 0.4,
  receivedFps: 9.6,
  step: 'small',
  seconds: 12,
};
