import { CalendarDate } from '@jaqyn/shared/kernel/time';
import { DeliveryState, NoticeChannel, NoticeKind } from '@jaqyn/shared/notices/notice.contract';
import * as z from 'zod/mini';

const day = z.catch(z.optional(CalendarDate), undefined);

/** What was sent to whom, as it is filtered; what makes no sense is left out. */
export const SentSearch = z.object({
  kind: z.catch(z.optional(NoticeKind), undefined),
  channel: z.catch(z.optional(NoticeChannel), undefined),
  state: z.catch(z.optional(DeliveryState), undefined),
  q: z.catch(z.optional(z.string().check(z.maxLength(80))), undefined),
  from: day,
  to: day,
  page: z.catch(z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(1000))), undefined),
});
