import type { Scene } from '../look.ts';

/** All of them, in the order in which they are played. */
export const SCENES: readonly Scene[] = [];
