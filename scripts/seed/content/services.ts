import type { LocalText } from '../../../shared/src/auth/auth.contract.ts';
import type { ServiceCode, SpecialtyCode } from '../../../shared/src/kernel/ids.ts';
import type { Equipment } from '../../../shared/src/scheduling/equipment.ts';
import type { HealthcareService } from '../../../shared/src/scheduling/service.contract.ts';
import { SPECIALTIES, type Specialty } from './specialties.ts';

interface Usual {
  readonly slot: number;
  readonly buffer: number;
  /** Stations ask and a coordinator confirms. */
  readonly byCoordinator?: boolean;
  readonly overbook?: number;
  readonly needs?: readonly Equipment[];
  /** Also answers cases in a row, with what has to be there for that. */
  readonly batch?: readonly Equipment[];
}

const USUAL: Readonly<Record<Specialty, Usual>> = {
  cardiology: { slot: 20, buffer: 10, overbook: 1, needs: ['blood_pressure', 'ecg'], batch: ['ecg'] },
  neurology: { slot: 30, buffer: 0, needs: ['blood_pressure'] },
  paediatrics: { slot: 20, buffer: 5, overbook: 1, needs: ['stethoscope'] },
  'obstetrics-gynaecology': { slot: 30, buffer: 0, needs: ['blood_pressure', 'fetal_doppler'] },
  surgery: { slot: 20, buffer: 10 },
  traumatology: { slot: 20, buffer: 10, batch: ['photo_camera'] },
  endocrinology: { slot: 20, buffer: 10, needs: ['glucometer'], batch: ['glucometer'] },
  pulmonology: { slot: 20, buffer: 10, needs: ['pulse_oximeter'] },
  dermatology: { slot: 15, buffer: 5, needs: ['photo_camera'], batch: ['photo_camera'] },
  ophthalmology: { slot: 20, buffer: 10, needs: ['photo_camera'] },
  otolaryngology: { slot: 20, buffer: 10, needs: ['otoscope'] },
  psychiatry: { slot: 45, buffer: 15, byCoordinator: true },
};

const BATCH_MINUTES = 10;

export function videoService(specialty: Specialty): ServiceCode {
  return `${specialty}-video` as ServiceCode;
}

export function batchService(specialty: Specialty): ServiceCode | undefined {
  return USUAL[specialty].batch === undefined ? undefined : (`${specialty}-async` as ServiceCode);
}

/** What can be booked: a video consult of every specialty, and cases answered in a row of some. */
export const SERVICES: readonly HealthcareService[] = SPECIALTIES.flatMap((specialty) => {
  const { slot, buffer, byCoordinator = false, overbook = 0, needs = [], batch } = USUAL[specialty.code];
  const base = { specialty: specialty.code as SpecialtyCode, retiredFrom: null };
  const video: HealthcareService = {
    ...base,
    code: videoService(specialty.code),
    name: named(specialty, 'бейнеконсультация', 'видеоконсультация', 'video consult'),
    mode: 'video',
    slotMinutes: slot,
    bufferMinutes: buffer,
    stationMayBook: !byCoordinator,
    overbookLanes: overbook,
    requiredEquipment: [...needs],
  };
  if (batch === undefined) return [video];
  return [
    video,
    {
      ...base,
      code: `${specialty.code}-async` as ServiceCode,
      name: named(specialty, 'сырттай қорытынды', 'заочное заключение', 'written opinion'),
      mode: 'async' as const,
      slotMinutes: BATCH_MINUTES,
      bufferMinutes: 0,
      stationMayBook: true,
      overbookLanes: 0,
      requiredEquipment: [...batch],
    },
  ];
});

function named({ kk, ru, en }: LocalText, whatKk: string, whatRu: string, whatEn: string): LocalText {
  return { kk: `${kk}: ${whatKk}`, ru: `${ru}: ${whatRu}`, en: `${en}: ${whatEn}` };
}
