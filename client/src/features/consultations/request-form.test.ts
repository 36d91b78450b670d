import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { RequestCard } from '@jaqyn/shared/consultations/request-card.contract';
import { PatientId, RequestId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { expect, it } from 'vitest';
import { newId } from '../../lib/ids.ts';
import { EMPTY_CARD_DRAFT } from './card-draft.ts';
import { draftLike, newRequestDraft, type RequestDraft } from './request-draft.ts';
import { missingOfRequest, toPlannedRequest, toRequest } from './request-form.ts';

const complete: RequestDraft = {
  ...newRequestDraft(RequestId.parse(newId())),
  patientId: PatientId.parse(newId()),
  specialty: SpecialtyCode.parse('cardiology'),
  urgency: 'urgent',
  reason: 'Кеудесі ауырады',
  vitals: { systolic: { text: '182', isConfirmed: false } },
};

it('sends a complete draft, with vitals that still ask to be confirmed', () => {
  expect(toRequest(complete)).toMatchObject({ id: complete.id, urgency: 'urgent', vitals: { systolic: 182 } });
});

it('names everything an empty draft lacks', () => {
  expect(missingOfRequest(newRequestDraft(complete.id))).toEqual(['patient', 'specialty', 'urgency', 'reason']);
});

it('needs no patient in an emergency, and only then', () => {
  expect(missingOfRequest({ ...complete, patientId: null, urgency: 'stat' })).toEqual([]);
  expect(missingOfRequest({ ...complete, patientId: null })).toEqual(['patient']);
});

it('does not send a typing error', () => {
  const draft = { ...complete, vitals: { spo2: { text: '980', isConfirmed: false } } };
  expect(missingOfRequest(draft)).toEqual(['vitals']);
  expect(toRequest(draft)).toBeUndefined();
});

it('plans what has a patient, and never an emergency', () => {
  expect(toPlannedRequest(complete)).toMatchObject({
    id: complete.id,
    urgency: 'urgent',
    patientId: complete.patientId,
  });
  expect(toPlannedRequest(complete)).toMatchObject({ isWritten: false });
  expect(toPlannedRequest(complete, undefined, true)).toMatchObject({ isWritten: true });
  expect(toPlannedRequest({ ...complete, urgency: 'stat' })).toBeUndefined();
  expect(toPlannedRequest({ ...complete, reason: '' })).toBeUndefined();
});

it('begins anew with the words of a request that was sent back, and not with its measurements', () => {
  const { specialty, reason } = complete;
  const card = { ...EMPTY_CARD_DRAFT, complaints: 'Ентігу', version: 3, dangerCheck: null } as unknown as RequestCard;
  const patient = { id: complete.patientId, familyName: 'Әбді', givenName: 'Иса', middleName: '' };
  const sent = { id: newId(), specialty, reason, urgency: 'urgent', preliminaryCode: 'I10', patient, card };
  const draft = draftLike(sent as unknown as Consultation, RequestId.parse(newId()));
  expect(draft.id).not.toBe(sent.id);
  expect(draft).toMatchObject({ patientId: complete.patientId, reason, preliminaryCode: 'I10', vitals: {} });
  expect(draft.card).toMatchObject({ complaints: 'Ентігу', consent: null, confirmedSummary: null });
  expect(missingOfRequest(draft)).toEqual([]);
});
