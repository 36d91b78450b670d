import type { ProtocolVersionId } from '@jaqyn/shared/kernel/ids';
import { type ItemRule, Protocol } from '@jaqyn/shared/protocols/protocol.contract';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { changesOf, draftOf, RULES, toChange } from './protocol-draft.ts';

const label = { kk: 'а', ru: 'б', en: 'c' };
const protocolOf = (...rules: ItemRule[]): Protocol =>
  z.parse(Protocol, {
    id: '01940000-0000-7000-8000-000000005000' as ProtocolVersionId,
    kind: 'completeness',
    code: 'cardiology',
    version: 4,
    effectiveFrom: '2026-01-01',
    createdAt: '2026-01-01T00:00:00.000Z',
    content: { items: rules.map((rule, at) => ({ key: `k${at}`, label, rule })) },
  });

describe('a protocol in the editor', () => {
  it('comes back as it went in, also with a rule that the list does not name', () => {
    const odd: ItemRule = { kind: 'files', category: 'any', atLeast: 7 };
    const protocol = protocolOf(
      ...Object.values(RULES)
        .map(({ rule }) => rule)
        .slice(0, 19),
      odd,
    );
    const change = toChange(protocol, draftOf(protocol, '2026-11-22'));
    expect(change).toEqual({
      kind: 'completeness',
      code: 'cardiology',
      baseVersion: 4,
      effectiveFrom: '2026-11-22',
      content: protocol.content,
    });
  });

  it('is not sent with an empty text, without an entry, or for a day that is none', () => {
    const protocol = protocolOf({ kind: 'patient' });
    const draft = draftOf(protocol, '2026-11-22');
    const [entry] = draft.entries;
    expect(
      entry && toChange(protocol, { ...draft, entries: [{ ...entry, text: { ...label, kk: ' ' } }] }),
    ).toBeUndefined();
    expect(toChange(protocol, { ...draft, entries: [] })).toBeUndefined();
    expect(toChange(protocol, { ...draft, effectiveFrom: '2026-02-30' })).toBeUndefined();
  });

  it('names what is new, changed and taken out', () => {
    const before = draftOf(protocolOf({ kind: 'patient' }, { kind: 'danger_check' }), '2026-11-22');
    const [first] = before.entries;
    const entries = first
      ? [
          { ...first, choice: 'ecg' },
          { key: 'new', text: label, choice: 'photo' },
        ]
      : [];
    expect(changesOf(before, { ...before, entries })).toEqual([
      { key: 'k0', what: 'changed' },
      { key: 'new', what: 'added' },
      { key: 'k1', what: 'removed' },
    ]);
    expect(changesOf(before, before)).toEqual([]);
  });
});
