/** Ends an exhaustive switch: the compiler refuses a forgotten case, and a value from outside fails loudly. */
export function assertUnreachable(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
