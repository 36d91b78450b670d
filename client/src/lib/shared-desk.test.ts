import 'fake-indexeddb/auto';
import type { CurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { UserId } from '@jaqyn/shared/kernel/ids';
import { openDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { keepAnswer, recallAnswer } from './answer-memory.ts';
import { saveDraft } from './drafts.ts';
import { newId } from './ids.ts';
import { queryClient } from './query-client.ts';
import { noteSessionGone, setSignedIn, setSignedOut } from './session.ts';

/** How many drafts the device holds of this person. */
async function countDrafts(owner: string): Promise<number> {
  return (await openDB('jaqyn', 1)).count('drafts', IDBKeyRange.bound([owner, 'a'], [owner, 'z']));
}

function person(): CurrentUser {
  return { id: UserId.parse(newId()), login: 'feldsher' } as CurrentUser;
}

beforeEach(() => {
  setSignedOut();
});

it('keeps drafts of who is here, also while their session has to be renewed', async () => {
  const aigul = person();
  setSignedIn(aigul);
  await saveDraft(aigul.id, 'one', 'Жөтел');
  noteSessionGone();
  await saveDraft(aigul.id, 'two', 'Қызба');
  expect(await countDrafts(aigul.id)).toBe(2);
});

it('keeps nothing of who has left: neither after the sign-out nor when the next one is here', async () => {
  const aigul = person();
  setSignedIn(aigul);
  setSignedOut();
  await expect(saveDraft(aigul.id, 'one', 'Жөтел')).rejects.toMatchObject({ code: 'draft.unsaved' });
  setSignedIn(person());
  await expect(saveDraft(aigul.id, 'one', 'Жөтел')).rejects.toMatchObject({ code: 'draft.unsaved' });
  setSignedIn(aigul);
  await saveDraft(aigul.id, 'two', 'Қызба');
  expect(await countDrafts(aigul.id)).toBe(1);
});

it('shows nothing of who has left to the next one, however the session ended', () => {
  const aigul = person();
  setSignedIn(aigul);
  queryClient.setQueryData(['consultations'], ['Aigul’s patients']);
  noteSessionGone();
  setSignedIn({ ...aigul, language: 'ru' });
  expect(queryClient.getQueryData(['consultations'])).toEqual(['Aigul’s patients']);
  keepAnswer('/api/consultations', { tag: 'W/"one"', answer: ['Aigul’s patients'] });
  setSignedOut(); // told by the server, because of another window
  setSignedIn(person());
  expect(queryClient.getQueryData(['consultations'])).toBeUndefined();
  expect(recallAnswer('/api/consultations')).toBeUndefined();
});
