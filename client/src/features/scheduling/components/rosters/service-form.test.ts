import type { ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { describe, expect, it } from 'vitest';
import { isServiceUnseen, readService, ServiceDraft, serviceFormOf } from './service-form.ts';

const STORED: HealthcareService = {
  code: 'cardiology-video' as ServiceCode,
  specialty: 'cardiology' as SpecialtyCode,
  name: { kk: 'Кардиолог', ru: 'Кардиолог', en: 'Cardiologist' },
  mode: 'video',
  slotMinutes: 20,
  bufferMinutes: 5,
  stationMayBook: true,
  overbookLanes: 0,
  requiredEquipment: ['ecg'],
  retiredFrom: null,
};
const begun: ServiceDraft = { ...serviceFormOf(STORED), seen: STORED };

describe('a service that two people change', () => {
  it('is sent with how it stood when the form was begun, also from a draft of another day', () => {
    const theirs = { ...STORED, slotMinutes: 30 };
    const draft = ServiceDraft.parse(JSON.parse(JSON.stringify({ ...begun, bufferMinutes: '10' })));
    expect(readService(draft, []).call?.body).toMatchObject({ bufferMinutes: 10, slotMinutes: 20, seen: STORED });
    expect(isServiceUnseen(draft, STORED)).toBe(false);
    expect(isServiceUnseen(draft, theirs)).toBe(true);
  });

  it('is unseen in a draft that does not say what it was begun from', () => {
    const { seen: _seen, ...before } = { ...begun, slotMinutes: '40' };
    const draft = ServiceDraft.parse(before);
    expect(draft.seen).toBeNull();
    expect(isServiceUnseen(draft, STORED)).toBe(true);
  });

  it('is no quarrel where both made the same of it', () => {
    const name = { en: STORED.name.en, kk: STORED.name.kk, ru: STORED.name.ru };
    expect(isServiceUnseen({ ...begun, slotMinutes: '30' }, { ...STORED, name, slotMinutes: 30 })).toBe(false);
  });
});
