import type { TestStore } from './template-database.ts';

/** A store whose process can be told to die: after so many units of work nothing more is written, as if the power had gone. */
export interface DyingStore extends TestStore {
  dieAfter(commits: number): void;
  readonly isDead: boolean;
}

export function createDyingStore(inner: TestStore): DyingStore {
  let left = Number.POSITIVE_INFINITY;
  return {
    path: inner.path,
    read: (work) => inner.read(work),
    close: () => inner.close(),
    async transaction(work) {
      if (left <= 0) throw new Error('planted: the process is gone');
      left -= 1;
      return inner.transaction(work);
    },
    dieAfter: (commits) => {
      left = commits;
    },
    get isDead() {
      return left <= 0;
    },
  };
}
