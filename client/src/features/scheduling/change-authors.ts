import { createStore } from '../../lib/store.ts';

/**
 * Whose the changes are that a board is about to show, by appointment, as the socket told; only coordinators are told. A name is
 * for one change: whoever has told it forgets it, so that the next change by nobody is not theirs.
 */
export const changeAuthors = createStore<ReadonlyMap<string, string>>(new Map());

/** Names that a board can still have use for; a day of a busy oblast is a few hundred changes. */
const KEPT = 500;

export function noteAuthor({
  displayName,
  appointmentIds,
}: {
  displayName: string;
  appointmentIds: readonly string[];
}) {
  const next = new Map(changeAuthors.get());
  for (const id of appointmentIds) {
    // The newest stand last.
    next.delete(id);
    next.set(id, displayName);
  }
  changeAuthors.set(new Map([...next].slice(-KEPT)));
}

/** Their changes are on the board. */
export function forgetAuthors(appointmentIds: readonly string[]): void {
  if (!appointmentIds.some((id) => changeAuthors.get().has(id))) return;
  const next = new Map(changeAuthors.get());
  for (const id of appointmentIds) next.delete(id);
  changeAuthors.set(next);
}
