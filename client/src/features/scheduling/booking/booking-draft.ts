import { Language } from '@jaqyn/shared/auth/auth.contract';
import { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { PARTS_OF_DAY } from '@jaqyn/shared/scheduling/waitlist';
import * as z from 'zod/mini';

/** What is entered while a time is looked for, kept on this device: a hold that ran out or a reload loses nothing. */
export const BookingDraft = z.object({
  note: z.string(),
  wishes: z.object({
    language: z.nullable(Language),
    partOfDay: z.enum(PARTS_OF_DAY),
    preferredPractitionerId: z.nullable(PractitionerId),
    // Drafts from before there was such a wish have none.
    avoidWeekdays: z._default(z.array(z.number()), []),
  }),
});
export type BookingDraft = z.output<typeof BookingDraft>;

export const bookingDraftKey = (requestId: string) => `booking:${requestId}`;

export function newBookingDraft(): BookingDraft {
  return { note: '', wishes: { language: null, partOfDay: 'any', preferredPractitionerId: null, avoidWeekdays: [] } };
}
