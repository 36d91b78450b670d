import type { CalendarDate } from '../../../shared/src/kernel/time.ts';
import { isMinor } from '../../../shared/src/patients/age.ts';
import { allergyLine, conditionLine, type PatientSummary } from '../../../shared/src/patients/patient-summary.ts';
import { CONDITION_CODES, CONDITION_MEDICINES, CONDITIONS } from '../content/conditions.ts';
import { Random } from '../random.ts';
import type { PatientPlan } from './patient-plan.ts';
import { demoPhone } from './places.ts';

/** Allergies, conditions, medicines and who answers for a child, as entries; the lines of the card are made of them. */
export function withSummary(plan: PatientPlan, number: number, today: CalendarDate): PatientPlan {
  const { row, conditions } = plan;
  const random = new Random(`summary ${row.id}`);
  const at = plan.language === 'kk' ? 0 : 1;
  const tags = [...conditions];
  const allergies = row.allergies === null ? null : row.allergies === '' ? [] : [entryOf(row.allergies, random)];
  const summary: PatientSummary = {
    allergies,
    conditions:
      tags.length === 0 && random.chance(0.3)
        ? null
        : tags.map((tag) => ({ code: CONDITION_CODES[tag] ?? null, name: CONDITIONS[tag][at] })),
    medicines: random.chance(0.2)
      ? null
      : tags.flatMap((tag) => {
          const medicine = CONDITION_MEDICINES[tag];
          if (medicine === undefined) return [];
          const [name, dose, perDay] = medicine;
          return [{ name: name[at], dose: dose[at], frequency: perDay[at] }];
        }),
    representatives: isMinor(row.birthDate, today)
      ? [
          {
            name: `${row.familyName} ${random.pick(at === 0 ? ['Айнұр', 'Гүлмира', 'Сәуле'] : ['Анна', 'Елена', 'Динара'])}`,
            relationship: 'mother',
            phone: demoPhone(2000 + number),
          },
        ]
      : [],
  };
  return {
    ...plan,
    row: {
      ...row,
      allergies: allergyLine(summary.allergies),
      chronicConditions: conditionLine(summary.conditions),
      summary: JSON.stringify(summary),
      summaryVersion: 1,
      summaryAt: row.registeredAt,
    },
  };
}

/** "Penicillin — rash" as it was written on the card. */
function entryOf(words: string, random: Random) {
  const [substance = words, reaction = ''] = words.split(' — ');
  return { substance, reaction, severity: random.pick(['mild', 'moderate', 'severe', 'unknown'] as const) };
}
