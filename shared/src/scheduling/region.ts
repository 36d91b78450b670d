import * as z from 'zod/mini';

/** Short stable code of an oblast or a city of the republic, for example `zhambyl`. */
export const RegionCode = z.string().check(z.regex(/^[a-z][a-z-]{1,30}$/));
