import * as z from 'zod/mini';

export const PREGNANCIES = ['not_asked', 'no', 'pregnant', 'postpartum', 'unknown'] as const;
/** Postpartum: up to 42 days after the birth. */
export const Pregnancy = z.enum(PREGNANCIES);
export type Pregnancy = z.infer<typeof Pregnancy>;

/** Names an item for as long as the protocol lives: what a station said to it in a draft still fits the next version. */
export const ItemKey = z.string().check(z.regex(/^[a-z][a-z0-9_]{0,40}$/));
