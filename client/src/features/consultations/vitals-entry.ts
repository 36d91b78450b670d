import { usualRange, VITAL_CODES, type VitalCode, type Vitals, vitalSigns } from '@jaqyn/shared/consultations/vitals';
import * as z from 'zod/mini';
import { type NumberEntry, type NumberReading, readNumber } from '../../ui/number-pad-field.tsx';
import { monthsOld } from './months-old.ts';

/** The vitals as they are being typed; a sign that is absent was not touched. */
export type VitalsEntry = Partial<Record<VitalCode, NumberEntry>>;

/** For the draft on this device. */
export const VitalsEntrySchema = z.pipe(
  z.record(z.string(), z.object({ text: z.string(), isConfirmed: z.boolean() })),
  z.transform((entries): VitalsEntry => {
    const known = Object.entries(entries).filter(([code]) => (VITAL_CODES as string[]).includes(code));
    return Object.fromEntries(known);
  }),
);

/** By the usual range of the age today; of an adult where the birth date is not known. */
export function readVital(code: VitalCode, entry: NumberEntry | undefined, birthDate?: string): NumberReading {
  const { possible, step } = vitalSigns[code];
  return readNumber(entry?.text ?? '', { possible, step, usual: usualRange(code, monthsOld(birthDate)) });
}

export interface VitalsReading {
  /** What can be sent. */
  readonly vitals: Vitals;
  /** Typing errors: these are not sent, and the screen asks to correct them. */
  readonly impossible: readonly VitalCode[];
  /** Out of the usual range and not confirmed yet: asked once, never refused. */
  readonly unconfirmed: readonly VitalCode[];
  readonly isEmpty: boolean;
}

export function readVitals(entry: VitalsEntry, birthDate?: string): VitalsReading {
  const vitals: { -readonly [Code in VitalCode]?: number } = {};
  const impossible: VitalCode[] = [];
  const unconfirmed: VitalCode[] = [];
  for (const code of VITAL_CODES) {
    const reading = readVital(code, entry[code], birthDate);
    switch (reading.kind) {
      case 'empty':
        break;
      case 'impossible':
        impossible.push(code);
        break;
      case 'unusual':
        vitals[code] = reading.value;
        if (!entry[code]?.isConfirmed) unconfirmed.push(code);
        break;
      case 'usual':
        vitals[code] = reading.value;
        break;
    }
  }
  const isEmpty = Object.keys(vitals).length === 0 && impossible.length === 0;
  return { vitals, impossible, unconfirmed, isEmpty };
}
