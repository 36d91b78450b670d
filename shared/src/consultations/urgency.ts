import * as z from 'zod/mini';

/** FHIR request-priority, most urgent last. */
export const URGENCIES = ['routine', 'urgent', 'asap', 'stat'] as const;
export const Urgency = z.enum(URGENCIES);
export type Urgency = z.infer<typeof Urgency>;

/** Whether the first is more urgent than the second. */
export function isMoreUrgent(one: Urgency, other: Urgency): boolean {
  return URGENCIES.indexOf(one) > URGENCIES.indexOf(other);
}
