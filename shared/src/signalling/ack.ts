import type { Problem } from '../errors/problem.ts';

/** How every request over the socket is answered, exactly once. */
export type Ack<Data> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly problem: Problem };
