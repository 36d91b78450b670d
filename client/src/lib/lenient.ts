import * as z from 'zod/mini';

/** A part of an address that makes no sense (an old link, a typing error) is left out, the rest stays. */
// oxlint-disable-next-line promise/valid-params -- zod's catch, no promise
export const lenient = <S extends z.core.$ZodType>(schema: S) => z.catch(z.optional(schema), undefined);
