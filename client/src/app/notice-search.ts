import { CalendarDate } from '@jaqyn/shared/kernel/time';
import { DeliveryState, NoticeChannel, NoticeKind } from '@jaqyn/shared/notices/notice.contract';
import * as z from 'zod/mini';
import { lenient } from '../lib/lenient.ts';

const day = lenient(CalendarDate);

/** What was sent to whom, as it is filtered; what makes no sense is left out. */
export const SentSearch = z.object({
  kind: lenient(NoticeKind),
  channel: lenient(NoticeChannel),
  state: lenient(DeliveryState),
  q: lenient(z.string().check(z.maxLength(80))),
  from: day,
  to: day,
  page: lenient(z.number().check(z.int(), z.minimum(0), z.maximum(1000))),
});
