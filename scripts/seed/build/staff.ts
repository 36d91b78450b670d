import type { Role } from '../../../shared/src/auth/auth.contract.ts';
import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import { FELDSHERS, OFFICE_STAFF } from '../content/feldshers.ts';
import { SPECIALISTS } from '../content/specialists.ts';
import { SPECIALTIES, type Specialty } from '../content/specialties.ts';
import { addDays, DEMO_EPOCH, demoId, instant, localTime } from '../demo-id.ts';
import type { PractitionerRow, SpecialtyRow, UserRow } from '../rows.ts';
import type { Places } from './places.ts';

/** A user before the password is hashed. */
export type UserPlan = Omit<UserRow, 'passwordHash'>;

export interface SpecialistPlan {
  readonly specialty: Specialty;
  readonly practitioner: PractitionerRow;
  readonly user: UserPlan;
}

export interface Staff {
  readonly specialties: readonly SpecialtyRow[];
  /** In the order of the lists: the first of a specialty are those with the memorable logins. */
  readonly specialists: readonly SpecialistPlan[];
  readonly feldshers: readonly UserPlan[];
  readonly users: readonly UserPlan[];
}

/** Id of a specialist's practitioner; the same on every day of seeding, so that a later run finds them again. */
export function practitionerId(login: string): string {
  return demoId<string>(`practitioner ${login}`, DEMO_EPOCH);
}

export function specialistLogin(specialty: Specialty, index: number): string {
  const { login } = SPECIALISTS[specialty];
  return index === 0 ? login : `${login}${index + 1}`;
}

export function buildStaff(places: Places, today: CalendarDate): Staff {
  const createdAt = instant(localTime(addDays(today, -200), 10 * 60));
  const user = (login: string, name: string, role: Role, rest: Partial<UserPlan> = {}): UserPlan => ({
    id: demoId<string>(`user ${login}`, DEMO_EPOCH),
    login,
    displayName: name,
    role,
    language: 'kk',
    stationId: null,
    practitionerId: null,
    isDisabled: false,
    isDemo: true,
    createdAt,
    ...rest,
  });

  const specialists = SPECIALTIES.flatMap(({ code }) =>
    SPECIALISTS[code].people.map((person, index): SpecialistPlan => {
      const login = specialistLogin(code, index);
      const practitioner = {
        id: practitionerId(login),
        displayName: person.name,
        specialty: code,
        organizationId: places.workplaceId(person.works),
        isAvailable: true,
        isDemo: true,
      };
      return {
        specialty: code,
        practitioner,
        user: user(login, person.name, 'specialist', { language: person.language, practitionerId: practitioner.id }),
      };
    }),
  );

  const feldshers = FELDSHERS.map(({ station: key, login, name }) => {
    const station = places.stations.find(({ settlement }) => settlement.key === key);
    if (station === undefined) throw new Error(`no such settlement: ${key}`);
    return user(login, name, 'feldsher', { language: station.settlement.language, stationId: station.row.id });
  });
  const office = OFFICE_STAFF.map(({ login, name, role, language }) => user(login, name, role, { language }));

  return {
    specialties: SPECIALTIES.map(({ code, kk, ru, en }, index) => ({
      code,
      nameKk: kk,
      nameRu: ru,
      nameEn: en,
      position: index + 1,
    })),
    specialists,
    feldshers,
    users: [...feldshers, ...specialists.map((specialist) => specialist.user), ...office],
  };
}
