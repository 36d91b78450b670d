import type { GroupTransaction } from '../../../server/src/db/writer-queue.ts';
import type { SideOptions } from './side.ts';

/** The faults a durable store must not have; each is put to the questions the real one has to answer. */
export const faults: readonly { readonly name: string; readonly options: SideOptions }[] = [
  { name: 'acknowledged before the commit', options: { alter: commitLate } },
  { name: 'synchronous=NORMAL', options: { synchronous: 'NORMAL' } },
];

/** COMMIT happens only when the next group begins. */
function commitLate(real: GroupTransaction): GroupTransaction {
  let isOwed = false;
  return {
    ...real,
    begin() {
      if (isOwed) real.commit();
      isOwed = false;
      real.begin();
    },
    commit() {
      isOwed = true;
    },
    get isOpen() {
      return !isOwed && real.isOpen;
    },
  };
}
