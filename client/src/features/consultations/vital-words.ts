import type { VitalCode } from '@jaqyn/shared/consultations/vitals';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

interface VitalWords {
  readonly label: MessageDescriptor;
  readonly unit: MessageDescriptor;
}

/** Vital signs and their units as they are said at a station; the codes on the wire are LOINC and UCUM. */
export const vitalWords: Record<VitalCode, VitalWords> = {
  systolic: { label: msg`Blood pressure, upper`, unit: msg`mmHg` },
  diastolic: { label: msg`Blood pressure, lower`, unit: msg`mmHg` },
  heartRate: { label: msg`Pulse`, unit: msg`/min` },
  spo2: { label: msg`Oxygen (SpO₂)`, unit: msg`%` },
  temperature: { label: msg`Temperature`, unit: msg`°C` },
  respiratoryRate: { label: msg`Breathing`, unit: msg`/min` },
  glucose: { label: msg`Blood sugar`, unit: msg`mmol/L` },
  weight: { label: msg`Weight`, unit: msg`kg` },
};
