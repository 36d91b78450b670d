import { ATTACHMENT_KINDS, ATTACHMENT_STATES, RENDITION_ROLES } from '@jaqyn/shared/attachments/attachment.contract';
import { LANGUAGES, ROLES } from '@jaqyn/shared/auth/auth.contract';
import { Consent, ConsentLanguage, ConsentMethod } from '@jaqyn/shared/consents/consent';
import { CARE_TASK_KINDS, CARE_TASK_STATES } from '@jaqyn/shared/consultations/care-plan';
import { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import { CONSULT_TEXT_KINDS } from '@jaqyn/shared/consultations/consult-search.contract';
import { DeclineReason, URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import { CONSULTATION_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import { PARTICIPANT_TYPES } from '@jaqyn/shared/consultations/participant.contract';
import { DECISION_KINDS } from '@jaqyn/shared/consultations/progress.contract';
import {
  CONFIRMATION_METHODS,
  CONFIRMATION_PEOPLE,
  PatientConfirmation,
} from '@jaqyn/shared/evidence/patient-confirmation.contract';
import { RUNG_KINDS, RUNG_OUTCOMES } from '@jaqyn/shared/ladders/ladder.contract';
import { CHECK_GRADES } from '@jaqyn/shared/link-checks/judge-check';
import { CALL_STEPS } from '@jaqyn/shared/media/call-step';
import { WAYS_OUT } from '@jaqyn/shared/media/way-out';
import {
  DELIVERY_STATES,
  NOTICE_CHANNELS,
  NOTICE_KINDS,
  NOTICE_RULE_KINDS,
} from '@jaqyn/shared/notices/notice.contract';
import { StayKind } from '@jaqyn/shared/patients/duplicate.contract';
import { InsuranceStatus, Sex } from '@jaqyn/shared/patients/patient.contract';
import { PREGNANCIES } from '@jaqyn/shared/protocols/pregnancy';
import { APPOINTMENT_STATES, CLAIMING_STATES, TENTATIVE_STATES } from '@jaqyn/shared/scheduling/appointment.machine';
import { BOOKABLE_MODES, SLOT_MODES } from '@jaqyn/shared/scheduling/roster';
import { PARTS_OF_DAY } from '@jaqyn/shared/scheduling/waitlist';
import { SignatureMethod } from '@jaqyn/shared/signatures/signature.contract';
import { describe, expect, test } from 'vitest';
import { RING_OUTCOMES } from '../src/modules/consultations/consultation.table.ts';
import { CLAIM_HOLDERS, CLAIM_KINDS, OFFER_OUTCOMES } from '../src/modules/scheduling/appointment.table.ts';
import { EXCEPTION_KINDS } from '../src/modules/scheduling/roster.table.ts';
import { openRaw } from './raw-database.ts';
import { createTestStore } from './template-database.ts';

/** The words a CHECK of the migrated database allows for a column. */
async function allowedWords(table: string, column: string): Promise<string[]> {
  const raw = openRaw(await createTestStore());
  const sql = raw.prepare('select sql from sqlite_schema where name = ?').pluck().get(table) as string;
  const [, list] = new RegExp(`"${table}"\\."${column}" in \\(([^)]*)\\)`).exec(sql) ?? [];
  return [...(list ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word ?? '');
}

const WORDS = [
  ['service_request', 'status', CONSULTATION_STATES],
  ['service_request', 'urgency', URGENCIES],
  ['ring', 'outcome', RING_OUTCOMES],
  ['participant', 'type', PARTICIPANT_TYPES],
  ['composition', 'status', Conclusion.shape.status.options],
  ['patient_confirmation', 'answer', PatientConfirmation.shape.answer.options],
  ['patient_confirmation', 'method', CONFIRMATION_METHODS],
  ['patient_confirmation', 'by', CONFIRMATION_PEOPLE],
  ['user', 'role', ROLES],
  ['user', 'language', LANGUAGES],
  ['patient', 'sex', Sex.options],
  ['patient', 'insurance', InsuranceStatus.options],
  ['healthcare_service', 'mode', BOOKABLE_MODES],
  ['practitioner_language', 'language', LANGUAGES],
  ['roster_template', 'mode', SLOT_MODES],
  ['roster_exception', 'kind', EXCEPTION_KINDS],
  ['special_day', 'kind', ['day_off', 'working_day']],
  ['appointment', 'status', APPOINTMENT_STATES],
  ['appointment', 'mode', BOOKABLE_MODES],
  ['slot_claim', 'kind', CLAIM_KINDS],
  ['slot_claim', 'holder_kind', CLAIM_HOLDERS],
  ['waitlist_wish', 'part_of_day', PARTS_OF_DAY],
  ['slot_offer', 'outcome', OFFER_OUTCOMES],
  ['treat_by_rule', 'urgency', URGENCIES],
  ['link_check', 'way', WAYS_OUT],
  ['link_check', 'step', CALL_STEPS],
  ['link_check', 'grade', CHECK_GRADES],
  ['signing_certificate', 'method', SignatureMethod.options],
  ['document_signature', 'method', SignatureMethod.options],
  ['attachment', 'kind', ATTACHMENT_KINDS],
  ['attachment', 'status', ATTACHMENT_STATES],
  ['attachment_rendition', 'role', RENDITION_ROLES],
  ['notice', 'kind', NOTICE_KINDS],
  ['notice_delivery', 'channel', NOTICE_CHANNELS],
  ['notice_delivery', 'state', DELIVERY_STATES],
  ['notice_rule', 'kind', NOTICE_RULE_KINDS],
  ['call_rung', 'kind', RUNG_KINDS],
  ['call_rung', 'outcome', RUNG_OUTCOMES],
  ['triage_decision', 'kind', DECISION_KINDS],
  ['request_card', 'pregnancy', PREGNANCIES],
  ['protocol_version', 'kind', ['completeness', 'danger_signs']],
  ['patient_stay', 'kind', StayKind.options],
  ['consent', 'kind', Consent.shape.kind.options],
  ['consent', 'method', ConsentMethod.options],
  ['consent_text', 'language', ConsentLanguage.options],
  ['care_task', 'kind', CARE_TASK_KINDS],
  ['care_task', 'status', CARE_TASK_STATES],
  ['consult_text', 'kind', CONSULT_TEXT_KINDS],
] as const;

describe('the database lists the same words as the code', () => {
  test.each(WORDS)('%s.%s', async (table, column, words) => {
    expect((await allowedWords(table, column)).sort()).toEqual([...words].sort());
  });

  test('an appointment that has a slot, and one that has it for a while', async () => {
    const raw = openRaw(await createTestStore());
    const sql = raw.prepare("select sql from sqlite_schema where name = 'appointment'").pluck().get() as string;
    const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
    expect(sql).toContain(`"appointment"."status" not in (${list(CLAIMING_STATES)}) or`);
    expect(sql).toContain(`is not null) = ("appointment"."status" in (${list(TENTATIVE_STATES)}))`);
  });

  test('every CHECK over words is compared above', async () => {
    const raw = openRaw(await createTestStore());
    const schema = raw.prepare("select group_concat(sql, ' ') from sqlite_schema where type = 'table'").pluck().get();
    const checked = [...(schema as string).matchAll(/"(\w+)"\."(\w+)" in \('/g)].map(
      ([, table, column]) => `${table}.${column}`,
    );
    const compared = WORDS.map(([table, column]) => `${table}.${column}`);
    expect(checked.filter((one) => !compared.includes(one))).toEqual([]);
    // Reasons of declining are stored for people to read and checked at the edge only.
    expect(DeclineReason.options).toHaveLength(4);
  });
});

test('foreign keys, the log and its durability are as the design says', async () => {
  const store = await createTestStore();
  const raw = openRaw(store);
  expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(raw.pragma('foreign_key_check')).toEqual([]);
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
});
