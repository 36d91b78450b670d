import type { RequestId } from '@jaqyn/shared/kernel/ids';
import * as z from 'zod/mini';
import { deleteDraft, listDrafts, saveDraft } from '../../lib/drafts.ts';
import { newId } from '../../lib/ids.ts';
import { ConclusionText } from './conclusion-text.ts';

/** A text on its way to the server, with what it started from, so that it can be joined with what others saved meanwhile. */
export interface KeptText {
  readonly baseVersion: number;
  readonly base: ConclusionText;
  readonly text: ConclusionText;
}

/** A text that an earlier page left behind. Nobody else holds it until it is forgotten. */
export interface LeftText extends KeptText {
  forget(): Promise<void>;
}

/** This device's own memory; every editor has its own place in it, so that two tabs never overwrite each other. */
export interface TextKeeper {
  /** Newest first. */
  adoptLeft(): Promise<readonly LeftText[]>;
  /** Resolves when it is on the disk. */
  keep(kept: KeptText): Promise<void>;
  forget(): Promise<void>;
  close(): void;
}

const Stored = z.object({ baseVersion: z.number(), base: ConclusionText, text: ConclusionText });

/** Holds a name until `release`; undefined when another page of this browser holds it. */
async function hold(name: string): Promise<{ release(): void } | undefined> {
  if (!('locks' in navigator)) return { release() {} };
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        resolve(undefined);
        return;
      }
      return new Promise<void>((release) => resolve({ release }));
    });
  });
}

/**
 * One editor's place among this device's drafts. The browser's lock on its name lives as long as the page does, so a text
 * whose lock is free was left behind by a page that is gone.
 */
export function createTextKeeper(owner: string, requestId: RequestId): TextKeeper {
  const prefix = `conclusion:${requestId}:`;
  const ownKey = `${prefix}${newId()}`;
  const releases = new Set<() => void>();
  let isClosed = false;

  const holdKey = async (key: string) => {
    const held = await hold(`jaqyn.draft.${owner}.${key}`);
    if (!held) return false;
    if (isClosed) {
      held.release();
      return false;
    }
    releases.add(held.release);
    return true;
  };
  const ownHold = holdKey(ownKey);

  return {
    async adoptLeft() {
      await ownHold;
      const left = [];
      for (const { key, value } of await listDrafts(owner, prefix, Stored)) {
        if (key !== ownKey && (await holdKey(key))) left.push({ ...value, forget: () => deleteDraft(owner, key) });
      }
      return left;
    },
    async keep(kept) {
      await ownHold;
      await saveDraft(owner, ownKey, kept);
    },
    forget: () => deleteDraft(owner, ownKey),
    close() {
      isClosed = true;
      for (const release of releases) release();
      releases.clear();
    },
  };
}
