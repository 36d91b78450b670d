import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientRepository } from '../../server/src/modules/patients/patient.repository.ts';
import { vitalSigns } from '../../shared/src/consultations/vitals.ts';
import { birthDateOfIin, findIinProblem, iinCheckDigit, sexOfIin } from '../../shared/src/kernel/iin.ts';
import { Patient } from '../../shared/src/patients/patient.contract.ts';
import { CASES } from './content/cases.ts';
import { REGIONS } from './content/regions.ts';
import { SETTLEMENTS } from './content/settlements.ts';
import { SPECIALTIES } from './content/specialties.ts';
import { DEMO_ACCOUNTS } from './demo-accounts.ts';
import { openSeeded, query, type SeededDatabase, TODAY } from './test-support.ts';

let demo: SeededDatabase;
beforeAll(async () => {
  demo = await openSeeded();
}, 120_000);
afterAll(() => demo.close());

describe('places and people', () => {
  it('cover at least 24 stations in all seventeen oblasts, each with a feldsher', () => {
    expect(SETTLEMENTS.length).toBeGreaterThanOrEqual(24);
    expect(new Set(SETTLEMENTS.map(({ region }) => region))).toEqual(new Set(Object.keys(REGIONS)));
    const unmanned = query(
      demo.file,
      "SELECT id FROM station s WHERE NOT EXISTS (SELECT 1 FROM user u WHERE u.station_id = s.id AND u.role = 'feldsher')",
    );
    expect(unmanned).toEqual([]);
  });

  it('have specialists of twelve specialties, and everybody is marked as demo', () => {
    const bySpecialty = query<{ specialty: string; people: number }>(
      demo.file,
      'SELECT specialty, count(*) AS people FROM practitioner GROUP BY specialty',
    );
    expect(bySpecialty).toHaveLength(12);
    expect(bySpecialty.reduce((sum, { people }) => sum + people, 0)).toBe(40);
    for (const table of ['user', 'practitioner', 'patient', 'service_request']) {
      expect(query(demo.file, `SELECT id FROM "${table}" WHERE is_demo <> 1`), table).toEqual([]);
    }
  });

  it('carry telephone numbers that nobody answers', () => {
    const phones = query<{ phone: string }>(
      demo.file,
      "SELECT phone FROM station UNION SELECT coordinator_phone FROM station UNION SELECT phone FROM patient WHERE phone <> ''",
    );
    for (const { phone } of phones) expect(phone).toMatch(/^\+7 700 000 \d\d \d\d$/);
  });

  it('have BINs with a right check digit', () => {
    for (const { bin } of query<{ bin: string }>(demo.file, 'SELECT bin FROM organization')) {
      expect(bin).toMatch(/^\d{12}$/);
      expect(iinCheckDigit(bin.slice(0, 11))).toBe(Number(bin[11]));
    }
  });

  it('list accounts that exist, by role', () => {
    for (const { login, role } of DEMO_ACCOUNTS) {
      expect(query(demo.file, 'SELECT role FROM user WHERE login = ?', login)).toEqual([{ role }]);
    }
  });
});

describe('patients', () => {
  it('are 300, as the contract wants them, with test IINs that agree with birth date and sex', async () => {
    const ids = query<{ id: string }>(demo.file, 'SELECT id FROM patient').map(({ id }) => id);
    const patients = await demo.store.read((tx) => patientRepository.listByIds(tx, ids));
    expect(patients).toHaveLength(300);
    const iins = patients.flatMap((patient) => {
      expect(Patient.parse(patient)).toEqual(patient);
      const { iin, birthDate, sex } = patient;
      if (iin === null) return [];
      expect(findIinProblem(iin), iin).toBeUndefined();
      expect([birthDateOfIin(iin), sexOfIin(iin)]).toEqual([birthDate, sex]);
      // The serial block that says "test".
      expect(iin[7]).toBe('9');
      return [iin];
    });
    expect(new Set(iins).size).toBe(iins.length);
  });

  it('only newborns have no IIN, and the one person who is registered twice', () => {
    const without = query<{ birth_date: string }>(demo.file, 'SELECT birth_date FROM patient WHERE iin IS NULL');
    const newborns = without.filter(({ birth_date }) => birth_date > '2026-09-20');
    expect(newborns.length).toBeGreaterThan(0);
    const others = without.filter((patient) => !newborns.includes(patient)).map(({ birth_date }) => birth_date);
    expect(others).toHaveLength(1);
    const known = query<{ birth_date: string }>(demo.file, 'SELECT birth_date FROM patient WHERE iin IS NOT NULL');
    expect(known.map(({ birth_date }) => birth_date)).toContain(others[0]);
  });

  it('are of all ages, insured and not, asked and not asked about allergies', () => {
    const share = (where: string) => query(demo.file, `SELECT id FROM patient WHERE ${where}`).length / 300;
    expect(share("birth_date > '2008-11-22'")).toBeGreaterThan(0.2);
    expect(share("birth_date < '1962-11-22'")).toBeGreaterThan(0.1);
    expect(share("chronic_conditions LIKE '%Жүкті,%' OR chronic_conditions LIKE '%Беременность%'")).toBeGreaterThan(
      0.03,
    );
    expect(Math.abs(share("insurance = 'insured'") - 0.8)).toBeLessThan(0.07);
    expect(Math.abs(share("insurance = 'uninsured'") - 0.15)).toBeLessThan(0.07);
    for (const where of ["insurance = 'unknown'", 'allergies IS NULL', "allergies = ''", "allergies <> ''"]) {
      expect(share(where), where).toBeGreaterThan(0);
    }
  });

  it('are registered after their birth and before the day of seeding', () => {
    const wrong = query(
      demo.file,
      "SELECT id FROM patient WHERE registered_at < birth_date || 'T00:00:00.000Z' OR registered_at >= ?",
      `${TODAY}T00:00:00.000Z`,
    );
    expect(wrong).toEqual([]);
  });
});

describe('case templates', () => {
  const templates = SPECIALTIES.flatMap(({ code }) => [...CASES[code].kk, ...CASES[code].ru]);

  it('are in both languages for every specialty, each once', () => {
    for (const { code } of SPECIALTIES) {
      expect(CASES[code].kk.length, code).toBeGreaterThan(0);
      expect(CASES[code].ru.length, code).toBeGreaterThan(0);
    }
    expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length);
  });

  it('measure what a device can show', () => {
    for (const { key, vitals, recheck } of templates) {
      for (const ranges of [vitals, recheck ?? {}]) {
        for (const [code, [low, high]] of Object.entries(ranges) as [keyof typeof vitalSigns, [number, number]][]) {
          const [least, most] = vitalSigns[code].possible;
          expect(least <= low && low <= high && high <= most, `${key} ${code}`).toBe(true);
        }
      }
    }
  });

  it('speak Kazakh in the Kazakh ones and Russian in the Russian ones', () => {
    const kazakhLetters = /[әғқңөұүһі]/i;
    for (const { code } of SPECIALTIES) {
      for (const { key, reasons, findings, recommendations } of CASES[code].ru) {
        expect(
          [...reasons, findings, ...recommendations].filter((text) => kazakhLetters.test(text)),
          key,
        ).toEqual([]);
      }
      for (const { key, reasons, findings, recommendations } of CASES[code].kk) {
        expect(
          [...reasons, findings, recommendations.join(' ')].filter((text) => !kazakhLetters.test(text)),
          key,
        ).toEqual([]);
      }
    }
  });
});
