/**
 * What is written here runs as it is in Chrome 109, Firefox 115 and Safari 16 (the build puts new grammar into old, but adds nothing
 * that a browser does not have): all of ES2022, and this of ES2023.
 */
interface Array<T> {
  findLast(isIt: (value: T, index: number) => unknown): T | undefined;
}
interface ReadonlyArray<T> {
  findLast(isIt: (value: T, index: number) => unknown): T | undefined;
}
