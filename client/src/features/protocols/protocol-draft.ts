import { CalendarDate } from '@jaqyn/shared/kernel/time';
import {
  CompletenessContent,
  DangerContent,
  type ItemRule,
  type Protocol,
} from '@jaqyn/shared/protocols/protocol.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';

const Texts = z.object({ kk: z.string(), ru: z.string(), en: z.string() });

/** A version as it is written: texts may be empty, the rule is one of those there are. */
export const ProtocolDraft = z.object({
  baseVersion: z.number(),
  effectiveFrom: z.string(),
  entries: z.array(z.object({ key: z.string(), text: Texts, choice: z.string() })),
});
export type ProtocolDraft = z.infer<typeof ProtocolDraft>;

/** What an item can ask for, in words; named so that a select can hold it. */
export const RULES: Readonly<Record<string, { readonly rule: ItemRule; readonly label: MessageDescriptor }>> = {
  patient: { rule: { kind: 'patient' }, label: msg`the patient is named` },
  allergies: { rule: { kind: 'summary', list: 'allergies' }, label: msg`allergies were asked` },
  conditions: { rule: { kind: 'summary', list: 'conditions' }, label: msg`chronic conditions were asked` },
  medicines: { rule: { kind: 'summary', list: 'medicines' }, label: msg`medicines were asked` },
  pressure: { rule: { kind: 'vitals', codes: ['systolic', 'diastolic'] }, label: msg`blood pressure was measured` },
  pulse: { rule: { kind: 'vitals', codes: ['heartRate'] }, label: msg`pulse was measured` },
  spo2: { rule: { kind: 'vitals', codes: ['spo2'] }, label: msg`oxygen was measured` },
  temperature: { rule: { kind: 'vitals', codes: ['temperature'] }, label: msg`temperature was measured` },
  breathing: { rule: { kind: 'vitals', codes: ['respiratoryRate'] }, label: msg`breathing was counted` },
  glucose: { rule: { kind: 'vitals', codes: ['glucose'] }, label: msg`blood sugar was measured` },
  weight: { rule: { kind: 'vitals', codes: ['weight'] }, label: msg`weight was measured` },
  complaints: { rule: { kind: 'field', field: 'complaints' }, label: msg`complaints are written` },
  anamnesis: { rule: { kind: 'field', field: 'anamnesis' }, label: msg`the anamnesis is written` },
  code: { rule: { kind: 'field', field: 'preliminaryCode' }, label: msg`a preliminary diagnosis is given` },
  ecg: { rule: { kind: 'files', category: 'ecg', atLeast: 1 }, label: msg`an ECG is attached` },
  photo: { rule: { kind: 'files', category: 'photo', atLeast: 1 }, label: msg`a photo is attached` },
  photos: { rule: { kind: 'files', category: 'photo', atLeast: 2 }, label: msg`two photos are attached` },
  lab: { rule: { kind: 'files', category: 'lab', atLeast: 1 }, label: msg`laboratory results are attached` },
  xray: { rule: { kind: 'files', category: 'xray', atLeast: 1 }, label: msg`an X-ray is attached` },
  danger: { rule: { kind: 'danger_check' }, label: msg`danger signs were looked for` },
};

function choiceOf(rule: ItemRule): string {
  const same = JSON.stringify(rule);
  return Object.keys(RULES).find((name) => JSON.stringify(RULES[name]?.rule) === same) ?? same;
}

export function draftOf(protocol: Protocol, today: string): ProtocolDraft {
  const { version: baseVersion, effectiveFrom } = protocol;
  const entries =
    protocol.kind === 'completeness'
      ? protocol.content.items.map(({ key, label, rule }) => ({ key, text: label, choice: choiceOf(rule) }))
      : protocol.content.signs.map(({ key, text, raisesTo }) => ({ key, text, choice: raisesTo }));
  return { baseVersion, effectiveFrom: effectiveFrom > today ? effectiveFrom : today, entries };
}

/** What is sent; undefined while a text is empty or a day is none. */
export function toChange(protocol: Protocol, draft: ProtocolDraft) {
  const effectiveFrom = CalendarDate.safeParse(draft.effectiveFrom);
  if (!effectiveFrom.success) return undefined;
  const base = { code: protocol.code, baseVersion: draft.baseVersion, effectiveFrom: effectiveFrom.data };
  if (protocol.kind === 'completeness') {
    const items = draft.entries.map(({ key, text, choice }) => ({
      key,
      label: text,
      // A rule that the list does not name stands there as itself.
      rule: RULES[choice]?.rule ?? (JSON.parse(choice) as ItemRule),
    }));
    const content = z.safeParse(CompletenessContent, { items });
    return content.success ? { ...base, kind: protocol.kind, content: content.data } : undefined;
  }
  const signs = draft.entries.map(({ key, text, choice }) => ({
    ...protocol.content.signs.find((sign) => sign.key === key),
    key,
    text,
    raisesTo: choice,
  }));
  const content = z.safeParse(DangerContent, { ...protocol.content, signs });
  return content.success ? { ...base, kind: protocol.kind, content: content.data } : undefined;
}

interface EntryChange {
  readonly key: string;
  readonly what: 'added' | 'removed' | 'changed';
}

/** What a version changes against the one it was made from. */
export function changesOf(before: ProtocolDraft, after: ProtocolDraft): EntryChange[] {
  const old = new Map(before.entries.map((entry) => [entry.key, JSON.stringify(entry)]));
  const now = new Map(after.entries.map((entry) => [entry.key, JSON.stringify(entry)]));
  return [
    ...after.entries.flatMap(({ key }): EntryChange[] => {
      if (!old.has(key)) return [{ key, what: 'added' }];
      return old.get(key) === now.get(key) ? [] : [{ key, what: 'changed' }];
    }),
    ...before.entries.flatMap(({ key }): EntryChange[] => (now.has(key) ? [] : [{ key, what: 'removed' }])),
  ];
}
