import 'fake-indexeddb/auto';
import type { CurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { UserId } from '@jaqyn/shared/kernel/ids';
import { openDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { deleteDraft, listDrafts, loadDraft, saveDraft, wipeDrafts } from './drafts.ts';
import { newId } from './ids.ts';
import { setSignedIn, setSignedOut } from './session.ts';

const Words = z.object({ words: z.string() });
const Photo = z.object({ note: z.string(), blob: z.custom<Blob>((value) => value instanceof Blob) });

let owner: string;

beforeEach(() => {
  owner = arrive();
});

function arrive(): string {
  const id = UserId.parse(newId());
  setSignedIn({ id, login: 'feldsher' } as CurrentUser);
  return id;
}

const disk = () => openDB('jaqyn', 1);

/** Everything the disk holds of this person, as one heap of bytes. */
async function bytesOnDisk(): Promise<string> {
  const rows = await (await disk()).getAll('drafts', IDBKeyRange.bound([owner, ''], [owner, '\uFFFF']));
  const heap: string[] = [];
  const walk = (part: unknown): void => {
    if (part instanceof ArrayBuffer) heap.push(Buffer.from(part).toString('utf8'));
    else if (part instanceof Blob) heap.push('a file as it is');
    else if (part instanceof CryptoKey) heap.push('key');
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(walk);
    else heap.push(String(part));
  };
  rows.forEach(walk);
  return heap.join('\n');
}

it('gives back what was kept, and the disk can read none of it', async () => {
  await saveDraft(owner, 'request:1', { words: 'Жөтел, қызба' });
  const blob = new Blob(['pixels of a rash'], { type: 'image/png' });
  await saveDraft(owner, 'upload/1', { note: 'Сол қол', blob });

  expect(await loadDraft(owner, 'request:1', Words)).toMatchObject({ value: { words: 'Жөтел, қызба' } });
  const [photo] = await listDrafts(owner, 'upload/', Photo);
  expect(photo?.value).toMatchObject({ note: 'Сол қол' });
  expect([photo?.value.blob.type, await photo?.value.blob.text()]).toEqual(['image/png', 'pixels of a rash']);

  const onDisk = await bytesOnDisk();
  expect(onDisk).toContain('request:1');
  for (const word of ['Жөтел', 'Сол қол', 'pixels', 'a file as it is']) expect(onDisk).not.toContain(word);
});

it('keeps one key a person, which nobody can read out', async () => {
  await Promise.all(['a', 'b', 'c'].map((key) => saveDraft(owner, key, { words: key })));
  const key = await (await disk()).get('drafts', [owner, '\u0000key']);
  expect(key.cryptoKey.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key.cryptoKey)).rejects.toThrow(/not extractable/);
  const drafts = await (await disk()).getAll('drafts', IDBKeyRange.bound([owner, 'a'], [owner, 'c']));
  expect(new Set(drafts.map(({ keyId }) => keyId))).toEqual(new Set([key.id]));
});

it('opens a draft only where it was kept, and not when a bit of it is another', async () => {
  await saveDraft(owner, 'request:1', { words: 'one' });
  await saveDraft(owner, 'request:2', { words: 'two' });
  const db = await disk();
  const one = await db.get('drafts', [owner, 'request:1']);
  await db.put('drafts', { ...one, key: 'request:2' });
  expect(await loadDraft(owner, 'request:2', Words)).toBeUndefined();
  new Uint8Array(one.sealed.words.bytes)[3] = (new Uint8Array(one.sealed.words.bytes)[3] ?? 0) ^ 1;
  await db.put('drafts', one);
  expect(await listDrafts(owner, 'request:', Words)).toEqual([]);
});

it('wipes drafts and key at the sign-out: a copy of the disk from before opens no more', async () => {
  await saveDraft(owner, 'request:1', { words: 'before' });
  const db = await disk();
  const copy = await db.get('drafts', [owner, 'request:1']);
  await wipeDrafts(owner);
  expect(await bytesOnDisk()).toBe('');
  await saveDraft(owner, 'request:2', { words: 'after' });
  await db.put('drafts', copy);
  expect(await loadDraft(owner, 'request:1', Words)).toBeUndefined();
  expect(await loadDraft(owner, 'request:2', Words)).toMatchObject({ value: { words: 'after' } });
});

it('never calls saved what was sealed by a key that another window wiped', async () => {
  await saveDraft(owner, 'request:1', { words: 'one' });
  const db = await disk();
  // Another window: wiped, and nobody came back.
  await db.delete('drafts', IDBKeyRange.bound([owner, ''], [owner, '\uFFFF']));
  await expect(saveDraft(owner, 'request:1', { words: 'two' })).rejects.toMatchObject({ code: 'draft.unsaved' });
  expect(await bytesOnDisk()).toBe('');
  // Wiped, and signed in again there: this window follows with the new key.
  await saveDraft(owner, 'request:1', { words: 'three' });
  const cryptoKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await db.put('drafts', { owner, key: '\u0000key', id: 'theirs', cryptoKey });
  await saveDraft(owner, 'request:1', { words: 'four' });
  expect(await loadDraft(owner, 'request:1', Words)).toMatchObject({ value: { words: 'four' } });
  expect((await db.get('drafts', [owner, 'request:1'])).keyId).toBe('theirs');
});

it('keeps the last word, however long the one before takes to seal', async () => {
  const long = new Blob([new Uint8Array(4_000_000)]);
  const saves = [saveDraft(owner, 'one', { words: 'long', long }), saveDraft(owner, 'one', { words: 'short' })];
  await Promise.all(saves);
  expect(await loadDraft(owner, 'one', Words)).toMatchObject({ value: { words: 'short' } });
  const more = [saveDraft(owner, 'one', { words: 'again', long }), deleteDraft(owner, 'one')];
  await Promise.all(more);
  expect(await loadDraft(owner, 'one', Words)).toBeUndefined();
});

it('keeps nothing of who leaves while it is being sealed', async () => {
  const saving = saveDraft(owner, 'one', { words: 'late' });
  setSignedOut();
  await expect(saving).rejects.toMatchObject({ code: 'draft.unsaved' });
  expect(await bytesOnDisk()).not.toContain('one');
});

it('still reads what an older version of the page kept', async () => {
  await (await disk()).put('drafts', { owner, key: 'request:1', value: { words: 'open' }, savedAt: 1 });
  expect(await loadDraft(owner, 'request:1', Words)).toEqual({
    key: 'request:1',
    value: { words: 'open' },
    savedAt: 1,
  });
});
