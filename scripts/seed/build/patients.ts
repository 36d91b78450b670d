import { iinCheckDigit } from '../../../shared/src/kernel/iin.ts';
import { searchKey } from '../../../shared/src/kernel/search-key.ts';
import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import type { InsuranceStatus, Sex } from '../../../shared/src/patients/patient.contract.ts';
import { ALLERGIES } from '../content/conditions.ts';
import { STREETS } from '../content/streets.ts';
import { addDays, demoId, instant, localTime } from '../demo-id.ts';
import { Random } from '../random.ts';
import type { PatientRow } from '../rows.ts';
import { likelyConditions, spreadConditions } from './illness.ts';
import { conditionWords, type PatientPlan } from './patient-plan.ts';
import { personName } from './people.ts';
import { demoPhone, type StationPlan } from './places.ts';
import type { UserPlan } from './staff.ts';
import { withSummary } from './summaries.ts';

interface AgeGroup {
  /** In a hundred. */
  readonly share: number;
  readonly years: readonly [from: number, to: number];
  readonly isPregnant?: boolean;
}

/** A village's people as they come to its station. */
const AGE_GROUPS: readonly AgeGroup[] = [
  { share: 2, years: [0.02, 0.14] },
  { share: 4, years: [0.17, 0.95] },
  { share: 12, years: [1, 5.9] },
  { share: 17, years: [6, 17.9] },
  { share: 6, years: [19, 40], isPregnant: true },
  { share: 21, years: [18, 40] },
  { share: 22, years: [41, 63] },
  { share: 16, years: [64, 92] },
];

const PATIENTS = 300;
/** Stations of the memorable accounts see more people. */
const AT_STATION: Readonly<Record<string, number>> = { aksu: 30, imantau: 20 };
const NEWBORN_DAYS = 60;

export function buildPatients(
  stations: readonly StationPlan[],
  feldshers: readonly UserPlan[],
  today: CalendarDate,
): PatientPlan[] {
  const plans: PatientPlan[] = [];
  const others = stations.filter(({ settlement }) => AT_STATION[settlement.key] === undefined).length;
  let left = PATIENTS - Object.values(AT_STATION).reduce((sum, count) => sum + count, 0);
  let stationsLeft = others;
  for (const station of stations) {
    let count = AT_STATION[station.settlement.key];
    if (count === undefined) {
      count = Math.ceil(left / stationsLeft);
      left -= count;
      stationsLeft -= 1;
    }
    const random = new Random(`patients of ${station.settlement.key}`);
    const registrars = feldshers.filter((user) => user.stationId === station.row.id);
    for (let index = 0; index < count; index += 1) {
      // The large ones go through all ages once, so that whoever tries the demo finds a newborn as well as an old woman.
      const first = station.settlement.key in AT_STATION ? AGE_GROUPS[index] : undefined;
      const group = first ?? byShare(random);
      plans.push(buildPatient({ random, station, registrars, group, number: plans.length, today }));
    }
  }
  return spreadConditions(withDouble(plans), today).map((plan, number) => withSummary(plan, number, today));
}

/** Somebody of the first station who was registered twice, the second time without an IIN and by a keyboard without Kazakh letters. */
function withDouble(plans: readonly PatientPlan[]): PatientPlan[] {
  const isFolded = ({ row }: PatientPlan) => /[әғқңөұүһі]/i.test(`${row.familyName}${row.givenName}`);
  const isAdult = ({ row }: PatientPlan) => row.birthDate < '1990';
  const first = plans.find((plan) => plan.station === plans[0]?.station && isAdult(plan) && isFolded(plan));
  const second = plans.find(
    (plan) => plan !== first && plan.station === first?.station && isAdult(plan) && plan.row.sex === first.row.sex,
  );
  if (first === undefined || second === undefined) return [...plans];
  const plain = (name: string) => name.replace(/[әғқңөұүһіӘҒҚҢӨҰҮҺІ]/g, (letter) => PLAIN[letter] ?? letter);
  const { row } = first;
  const names = { familyName: plain(row.familyName), givenName: plain(row.givenName), middleName: '' };
  const key = searchKey(`${names.familyName} ${names.givenName}`);
  const double = { ...second.row, ...names, searchKey: key, birthDate: row.birthDate, iin: null };
  return plans.map((plan) => (plan === second ? { ...second, row: double } : plan));
}

const PLAIN: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  Ә: 'А',
  Ғ: 'Г',
  Қ: 'К',
  Ң: 'Н',
  Ө: 'О',
  Ұ: 'У',
  Ү: 'У',
  Һ: 'Х',
  І: 'И',
};

function byShare(random: Random): AgeGroup {
  let roll = random.int(1, 100);
  const group = AGE_GROUPS.find(({ share }) => {
    roll -= share;
    return roll <= 0;
  });
  if (group === undefined) throw new Error('the shares are fewer than a hundred');
  return group;
}

function buildPatient({
  random,
  station,
  registrars,
  group,
  number,
  today,
}: {
  random: Random;
  station: StationPlan;
  registrars: readonly UserPlan[];
  group: AgeGroup;
  number: number;
  today: CalendarDate;
}): PatientPlan {
  const [from, to] = group.years;
  const ageDays = Math.round((from + random.next() * (to - from)) * 365.25);
  const birthDate = addDays(today, -ageDays);
  const sex: Sex = group.isPregnant || random.chance(0.54) ? 'female' : 'male';
  const name = personName(random, station.settlement.community, sex, Number(birthDate.slice(0, 4)));
  const conditions = new Set(likelyConditions(random, sex, ageDays / 365.25));
  if (group.isPregnant) conditions.add('pregnancy');

  // Most cards are older than the consults; a newborn's is made some days after the birth.
  const registeredDay = addDays(today, -Math.min(random.int(75, 190), Math.max(ageDays - random.int(2, 5), 1)));
  const registeredAt = localTime(registeredDay, random.int(9 * 60, 17 * 60));
  const ru = name.language === 'ru';
  const row: PatientRow = {
    id: demoId<string>(`patient ${number}`, registeredAt),
    iin: ageDays < NEWBORN_DAYS ? null : testIin(birthDate, sex, number),
    familyName: name.familyName,
    givenName: name.givenName,
    middleName: name.middleName,
    searchKey: searchKey(`${name.familyName} ${name.givenName} ${name.middleName}`),
    birthDate,
    sex,
    phone: random.chance(0.9) ? demoPhone(1000 + number) : '',
    address: address(random, station, name.language),
    stationId: station.row.id,
    insurance: insurance(random, ageDays / 365.25, group.isPregnant === true),
    allergies: allergies(random, ru),
    chronicConditions: conditionWords(conditions, name.language),
    summary: null,
    summaryVersion: 0,
    summaryAt: null,
    mergedInto: null,
    isDemo: true,
    registeredAt: instant(registeredAt),
    registeredBy: random.pick(registrars).id,
  };
  return { row, station, language: name.language, conditions };
}

/** Right in birth date, sex and check digit; the serial from 9000 on says that it is a test. */
function testIin(birthDate: string, sex: Sex, number: number): string {
  const century = (birthDate < '2000' ? 3 : 5) + (sex === 'female' ? 1 : 0);
  const start = `${birthDate.slice(2).replaceAll('-', '')}${century}`;
  // Three in reserve for a serial that has no check digit.
  for (let serial = 9000 + number * 3; ; serial += 1) {
    const check = iinCheckDigit(`${start}${serial}`);
    if (check !== undefined) return `${start}${serial}${check}`;
  }
}

function address(random: Random, { settlement }: StationPlan, language: 'kk' | 'ru'): string {
  const [streetKk, streetRu] = random.pick(STREETS);
  const house = random.int(1, 68);
  const isVillage = settlement.type === 'village';
  return language === 'kk'
    ? `${settlement.place[0]} ${isVillage ? 'ауылы' : 'кенті'}, ${streetKk} көшесі, ${house}`
    : `${isVillage ? 'с.' : 'п.'} ${settlement.place[1]}, ул. ${streetRu}, ${house}`;
}

/** The state pays for children, pregnant women and pensioners, so nearly all of them are covered. */
function insurance(random: Random, age: number, isPregnant: boolean): InsuranceStatus {
  const roll = random.next();
  if (age < 18 || age >= 63 || isPregnant) return roll < 0.95 ? 'insured' : roll < 0.97 ? 'uninsured' : 'unknown';
  return roll < 0.62 ? 'insured' : roll < 0.94 ? 'uninsured' : 'unknown';
}

/** Null: nobody has asked yet; empty: there are none. */
function allergies(random: Random, ru: boolean): string | null {
  const roll = random.next();
  if (roll < 0.2) return null;
  if (roll < 0.83) return '';
  return random.pick(ALLERGIES)[ru ? 1 : 0];
}
