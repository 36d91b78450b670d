/**
 * What is typed and not yet on the server, kept in IndexedDB with strict durability and sealed (draft-seal.ts), so that a power cut
 * in a village loses nothing that the screen called saved. Each draft belongs to one user; sign-out wipes that user's, and their key.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import * as z from 'zod/mini';
import { createSealKey, type Sealed, seal, unseal } from './draft-seal.ts';
import { newId } from './ids.ts';
import { ProblemError } from './problem-error.ts';
import { sessionState } from './session.ts';

interface Draft {
  readonly owner: string;
  readonly key: string;
  /** Of drafts from before they were sealed. */
  readonly value?: unknown;
  readonly sealed?: Sealed;
  readonly keyId?: string;
  /** Milliseconds since 1970 by this device's clock. */
  readonly savedAt: number;
}

/** A user's key lies among their drafts, before the first of them: whatever wipes these wipes it. */
interface StoredKey {
  readonly owner: string;
  readonly key: typeof KEY_PLACE;
  readonly id: string;
  readonly cryptoKey: CryptoKey;
}
const KEY_PLACE = '\u0000key';

interface DraftsSchema extends DBSchema {
  drafts: { key: [owner: string, key: string]; value: Draft | StoredKey };
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

/** Keys this page has used; the disk has the last word. */
const keys = new Map<string, Promise<StoredKey>>();

function keyOf(owner: string): Promise<StoredKey> {
  const known = keys.get(owner);
  if (known !== undefined) return known;
  const made = findOrMakeKey(owner);
  keys.set(owner, made);
  made.catch(() => keys.delete(owner));
  return made;
}

async function findOrMakeKey(owner: string): Promise<StoredKey> {
  const stored = await findKey(owner);
  if (stored !== undefined) return stored;
  const made: StoredKey = { owner, key: KEY_PLACE, id: newId(), cryptoKey: await createSealKey() };
  // Another page may have been faster: then that one is everybody's.
  const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
  const found = (await transaction.store.get([owner, KEY_PLACE])) as StoredKey | undefined;
  if (found === undefined) await transaction.store.put(made);
  await transaction.done;
  return found ?? made;
}

async function findKey(owner: string): Promise<StoredKey | undefined> {
  return (await (await database()).get('drafts', [owner, KEY_PLACE])) as StoredKey | undefined;
}

export type SealedDraft = Omit<Draft, 'value'> & Required<Pick<Draft, 'sealed' | 'keyId'>>;

/** Begun while typing goes on, so that a page which is being closed has only to put it away. */
export async function sealDraft(owner: string, key: string, value: unknown): Promise<SealedDraft> {
  requirePresence(owner);
  try {
    const { id, cryptoKey } = await keyOf(owner);
    return { owner, key, sealed: await seal(cryptoKey, { owner, key }, value), keyId: id, savedAt: Date.now() };
  } catch (error) {
    throw ProblemError.local('draft.unsaved', error);
  }
}

/**
 * Resolves when the draft is on the disk. Throws ProblemError `draft.unsaved` when this device cannot store it, and for a person
 * who has left: a screen that is being taken down after the sign-out would put back what was just wiped.
 */
export async function saveDraft(
  owner: string,
  key: string,
  value: unknown,
  sealing: Promise<SealedDraft> = sealDraft(owner, key, value),
): Promise<{ savedAt: number }> {
  const draft = await inTurn(owner, key, sealing);
  requirePresence(owner);
  let keyNow: StoredKey | undefined;
  try {
    const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
    const put = transaction.store.put(draft);
    // Not left to the end of the page, which would take back what it did not see finished.
    transaction.commit();
    await Promise.all([put, transaction.done]);
    keyNow = await findKey(owner);
    if (keyNow?.id === draft.keyId) return { savedAt: draft.savedAt };
    // Signed out in another window meanwhile: nobody could open this any more.
    keys.delete(owner);
    if (keyNow === undefined) await deleteDraft(owner, key);
  } catch (error) {
    throw ProblemError.local('draft.unsaved', error);
  }
  if (keyNow === undefined) throw ProblemError.local('draft.unsaved');
  return saveDraft(owner, key, value);
}

const turns = new Map<string, Promise<unknown>>();

/** Sealing takes what it takes, and what was said first about one draft is done first. */
function inTurn<T>(owner: string, key: string, work: Promise<T>): Promise<T> {
  const place = JSON.stringify([owner, key]);
  const before = turns.get(place);
  const turn =
    before === undefined
      ? work
      : before.then(
          () => work,
          () => work,
        );
  turns.set(place, turn);
  const end = () => {
    if (turns.get(place) === turn) turns.delete(place);
  };
  turn.then(end, end);
  return turn;
}

function requirePresence(owner: string): void {
  const session = sessionState();
  if (!('user' in session) || session.user.id !== owner) throw ProblemError.local('draft.unsaved');
}

/** Undefined when it cannot be opened, or holds what an older version of the page wrote and `schema` does not know: it is left alone. */
async function read<S extends z.core.$ZodType>(
  draft: Draft | StoredKey | undefined,
  schema: S,
): Promise<StoredDraft<z.output<S>> | undefined> {
  if (draft === undefined || 'cryptoKey' in draft) return undefined;
  const { owner, key, savedAt, sealed } = draft;
  const opened = sealed === undefined ? draft : await unseal((await keyOf(owner)).cryptoKey, { owner, key }, sealed);
  const parsed = z.safeParse(schema, opened?.value);
  return parsed.success ? { key, value: parsed.data, savedAt } : undefined;
}

/** The draft, when there is one that still fits `schema`; one from an older version of the page that does not is left alone. */
export async function loadDraft<S extends z.core.$ZodType>(
  owner: string,
  key: string,
  schema: S,
): Promise<StoredDraft<z.output<S>> | undefined> {
  // What is being put away at this moment, by what stood on the screen before, is what is read.
  await inTurn(owner, key, Promise.resolve());
  return read(await (await database()).get('drafts', [owner, key]), schema);
}

/** All drafts of `owner` whose key begins with `prefix`, newest first. */
export async function listDrafts<S extends z.core.$ZodType>(
  owner: string,
  prefix: string,
  schema: S,
): Promise<StoredDraft<z.output<S>>[]> {
  const range = IDBKeyRange.bound([owner, prefix], [owner, `${prefix}\uFFFF`]);
  const found = await (await database()).getAll('drafts', range);
  const opened = await Promise.all(found.map((draft) => read(draft, schema)));
  return opened.filter((draft) => draft !== undefined).sort((a, b) => b.savedAt - a.savedAt);
}

export async function deleteDraft(owner: string, key: string): Promise<void> {
  await inTurn(owner, key, Promise.resolve());
  const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.delete([owner, key]), transaction.done]);
}

/** At sign-out of a desk that others share: nothing of this user's patients stays on the device, nor what could open it. */
export async function wipeDrafts(owner: string): Promise<void> {
  keys.delete(owner);
  const transaction = (await database()).transaction('drafts', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.delete(IDBKeyRange.bound([owner, ''], [owner, '\uFFFF'])), transaction.done]);
}
