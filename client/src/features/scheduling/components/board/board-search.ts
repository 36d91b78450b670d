import { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { CalendarDate } from '@jaqyn/shared/kernel/time';
import * as z from 'zod/mini';

const orElse = z.catch;

/** A part that makes no sense (an old link, a typing error) is left out, the rest stays. */
const lenient = <S extends z.core.$ZodType>(schema: S) => orElse(z.optional(schema), undefined);

/** Everything a view of the board is made of, so that its link shows the same to a colleague. */
export const BoardSearch = z.object({
  view: lenient(z.enum(['week', 'day'])),
  date: lenient(CalendarDate),
  specialty: lenient(SpecialtyCode),
  region: lenient(z.string().check(z.maxLength(31))),
  /** Part of a specialist's name. */
  q: lenient(z.coerce.string().check(z.maxLength(80))),
  zoom: lenient(z.union([z.literal(1), z.literal(2), z.literal(3)])),
  /** Specialists passed over: pages of a long board. */
  offset: lenient(z.number().check(z.int(), z.minimum(1))),
});
export type BoardSearch = z.infer<typeof BoardSearch>;
