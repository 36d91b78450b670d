import { ATTACHMENT_KINDS, ATTACHMENT_STATES, RENDITION_ROLES } from '@jaqyn/shared/attachments/attachment.contract';
import { LANGUAGES, ROLES } from '@jaqyn/shared/auth/auth.contract';
import { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import { DeclineReason, URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import { CONSULTATION_STATES } from '@jaqyn/shared/consultations/consultation.machine';
import {
  DELIVERY_STATES,
  NOTICE_CHANNELS,
  NOTICE_KINDS,
  NOTICE_RULE_KINDS,
} from '@jaqyn/shared/notices/notice.contract';
import { InsuranceStatus, Sex } from '@jaqyn/shared/patients/patient.contract';
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

describe('the database lists the same words as the code', () => {
  test.each([
    ['service_request', 'status', CONSULTATION_STATES],
    ['service_request', 'urgency', URGENCIES],
    ['ring', 'outcome', RING_OUTCOMES],
    ['composition', 'status', Conclusion.shape.status.options],
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
    ['signing_certificate', 'method', SignatureMethod.options],
    ['document_signature', 'method', SignatureMethod.options],
    ['attachment', 'kind', ATTACHMENT_KINDS],
    ['attachment', 'status', ATTACHMENT_STATES],
    ['attachment_rendition', 'role', RENDITION_ROLES],
    ['notice', 'kind', NOTICE_KINDS],
    ['notice_delivery', 'channel', NOTICE_CHANNELS],
    ['notice_delivery', 'state', DELIVERY_STATES],
    ['notice_rule', 'kind', NOTICE_RULE_KINDS],
  ] as const)('%s.%s', async (table, column, words) => {
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
    expect((schema as string).match(/ in \('/g)).toHaveLength(28);
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
