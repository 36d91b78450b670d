import type { TestStore } from './template-database.ts';

class FirstRunDiscarded extends Error {}

/**
 * Runs every unit of work twice and keeps only the second, as a store may after a lost race: what a unit does beside `tx`
 * then shows.
 */
export function rerunning(store: TestStore): TestStore {
  return {
    path: store.path,
    read: (work) => store.read(work),
    close: () => store.close(),
    async transaction(work) {
      await store
        .transaction(async (tx) => {
          await work(tx);
          throw new FirstRunDiscarded();
        })
        .catch((error: unknown) => {
          if (!(error instanceof FirstRunDiscarded)) throw error;
        });
      return store.transaction(work);
    },
  };
}
