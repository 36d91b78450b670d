import type { CurrentUser } from '@jaqyn/shared/auth/auth.contract';
import { UserId } from '@jaqyn/shared/kernel/ids';
import { beforeEach, expect, it, vi } from 'vitest';
import { saveDraft } from './drafts.ts';
import { newId } from './ids.ts';
import { queryClient } from './query-client.ts';
import { noteSessionGone, setSignedIn, setSignedOut } from './session.ts';

const disk = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb', () => ({
  openDB: async () => ({
    transaction: () => ({
      store: {
        put: async (draft: { owner: string; key: string }) => void disk.set(`${draft.owner} ${draft.key}`, draft),
      },
      done: Promise.resolve(),
    }),
  }),
}));

function person(): CurrentUser {
  return { id: UserId.parse(newId()), login: 'feldsher' } as CurrentUser;
}

beforeEach(() => {
  setSignedOut();
  disk.clear();
});

it('keeps drafts of who is here, also while their session has to be renewed', async () => {
  const aigul = person();
  setSignedIn(aigul);
  await saveDraft(aigul.id, 'one', 'Жөтел');
  noteSessionGone();
  await saveDraft(aigul.id, 'two', 'Қызба');
  expect(disk.size).toBe(2);
});

it('keeps nothing of who has left: neither after the sign-out nor when the next one is here', async () => {
  const aigul = person();
  setSignedIn(aigul);
  setSignedOut();
  await expect(saveDraft(aigul.id, 'one', 'Жөтел')).rejects.toMatchObject({ code: 'draft.unsaved' });
  setSignedIn(person());
  await expect(saveDraft(aigul.id, 'one', 'Жөтел')).rejects.toMatchObject({ code: 'draft.unsaved' });
  expect(disk.size).toBe(0);
});

it('shows nothing of who has left to the next one, however the session ended', () => {
  const aigul = person();
  setSignedIn(aigul);
  queryClient.setQueryData(['consultations'], ['Aigul’s patients']);
  noteSessionGone();
  setSignedIn({ ...aigul, language: 'ru' });
  expect(queryClient.getQueryData(['consultations'])).toEqual(['Aigul’s patients']);
  setSignedOut(); // told by the server, because of another window
  setSignedIn(person());
  expect(queryClient.getQueryData(['consultations'])).toBeUndefined();
});
