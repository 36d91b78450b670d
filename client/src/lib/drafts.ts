/**
 * What is typed and not yet on the server, kept in IndexedDB with strict durability, so that a power cut in a village
 * loses nothing that the screen called saved. Each draft belongs to one user; sign-out wipes that user's.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as z from 'zod/mini';
import { ProblemError } from './problem-error.ts';
import { sessionState } from './session.ts';

interface Draft {
  readonly owner: string;
  readonly key: string;
  readonly value: unknown;
  /** Milliseconds since 1970 by this device's clock. */
  readonly savedAt: number;
}

interface DraftsSchema extends DBSchema {
  drafts: { key: [owner: string, key: string]; value: Draft };
}

export interface StoredDraft<T> {
  readonly key: string;
  readonly value: T;
  readonly savedAt: number;
}

let opening: Promise<IDBPDatabase<DraftsSchema>> | undefined;

function database(): Promise<IDBPDatabase<DraftsSchema>> {
  opening ??= openDB<DraftsSchema>('jaqyn', 1, {
    upgrade: (db) => db.createObjectStore('drafts', { keyPath: ['owner', 'key'] }),
    terminated() {
      opening = undefined;
    },
  }).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/**
 * Resolves when the draft is on the disk. Throws ProblemError `draft.unsaved` when this device cannot store it, and for a person
 * who has left: a screen that is being taken down after the sign-out would put back what was just wiped.
 */
export async function saveDraft(owner: string, key: string, value: unknown): Promise<{ savedAt: number }> {
  const session = sessionState();
  if (!('user' in session) || session.user.id !== owner) throw ProblemError.local('draft.unsaved');
  const savedAt = Date.now();
  try {
    const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put({ owner, key, value, savedAt }), transaction.done]);
  } catch (error) {
    throw ProblemError.local('draft.unsaved', error);
  }
  return { savedAt };
}

/** The draft, when there is one that still fits `schema`; one from an older version of the page that does not is left alone. */
export async function loadDraft<S extends z.core.$ZodType>(
  owner: string,
  key: string,
  schema: S,
): Promise<StoredDraft<z.output<S>> | undefined> {
  const found = await (await database()).get('drafts', [owner, key]);
  if (!found) return undefined;
  const parsed = z.safeParse(schema, found.value);
  return parsed.success ? { key, value: parsed.data, savedAt: found.savedAt } : undefined;
}

/** All drafts of `owner` whose key begins with `prefix`, newest first. */
export async function listDrafts<S extends z.core.$ZodType>(
  owner: string,
  prefix: string,
  schema: S,
): Promise<StoredDraft<z.output<S>>[]> {
  const range = IDBKeyRange.bound([owner, prefix], [owner, `${prefix}\uFFFF`]);
  const found = await (await database()).getAll('drafts', range);
  return found
    .flatMap(({ key, value, savedAt }) => {
      const parsed = z.safeParse(schema, value);
      return parsed.success ? [{ key, value: parsed.data, savedAt }] : [];
    })
    .sort((a, b) => b.savedAt - a.savedAt);
}

export async function deleteDraft(owner: string, key: string): Promise<void> {
  const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.delete([owner, key]), transaction.done]);
}

/** At sign-out of a desk that others share: nothing of this user's patients stays on the device. */
export async function wipeDrafts(owner: string): Promise<void> {
  const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.delete(IDBKeyRange.bound([owner, ''], [owner, '\uFFFF'])), transaction.done]);
}
