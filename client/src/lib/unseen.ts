/** What somebody makes of something stored, and how that stood when they began. */
export interface Mine<T> {
  readonly value: T;
  readonly seen: T;
}

/** How two values are compared: their JSON, lists sorted where their order means nothing. */
export type Same<T> = (one: T, other: T) => boolean;

const isSameJson = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** As `mine` becomes with another value: what was seen stays what it was when the change began. */
export function changeMine<T>(mine: Mine<T> | undefined, stored: T, value: T): Mine<T> {
  return { value, seen: mine?.seen ?? stored };
}

/** Whether there is anything to save. */
export function isChanged<T>(mine: Mine<T> | undefined, stored: T, isSame: Same<T> = isSameJson): mine is Mine<T> {
  return mine !== undefined && !isSame(mine.value, stored);
}

/** Whether somebody else's was stored since the change began: neither what was seen, nor what it makes of it. */
export function isUnseen<T>(mine: Mine<T> | undefined, stored: T, isSame: Same<T> = isSameJson): mine is Mine<T> {
  return isChanged(mine, stored, isSame) && !isSame(mine.seen, stored);
}
