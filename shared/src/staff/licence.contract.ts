import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { LicenceId, PractitionerId } from '../kernel/ids.ts';
import { requiredText } from '../kernel/text.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { LICENCE_STANDINGS } from './licence.ts';
import { Practitioner } from './staff.contract.ts';

/**
 * FHIR Practitioner.qualification: the certificate that lets somebody consult, with its days, both included. What was entered never
 * changes; a wrong or revoked one is withdrawn from a day on.
 */
export const Licence = z.object({
  id: LicenceId,
  number: z.string(),
  issuer: z.string(),
  validFrom: CalendarDate,
  validTo: CalendarDate,
  enteredAt: Instant,
  enteredByName: z.string(),
  /** The first day on which it holds no more; null while it was not withdrawn. */
  withdrawnFrom: z.nullable(CalendarDate),
  withdrawReason: z.string(),
});
export type Licence = z.infer<typeof Licence>;

export const LicensedPerson = z.object({
  practitioner: Practitioner,
  standing: z.enum(LICENCE_STANDINGS),
  /** The last day of what holds today without a gap; null where nothing does. */
  validUntil: z.nullable(CalendarDate),
  /** The one that ends last first. */
  licences: z.array(Licence),
});
export type LicensedPerson = z.infer<typeof LicensedPerson>;

export const listLicences = endpoint({
  method: 'GET',
  path: '/api/licences',
  summary: 'Who may consult by their licences today, by name, page by page',
  query: z.object({
    q: z._default(z.string().check(z.maxLength(100)), ''),
    /** Only those of this standing. */
    standing: z.optional(z.enum(LICENCE_STANDINGS)),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    /** `next` of the page before. */
    after: z.optional(PractitionerId),
  }),
  response: z.object({
    people: z.array(LicensedPerson),
    next: z.nullable(PractitionerId),
    /** Of those asked for. */
    total: z.number(),
    /** Of all, whatever was asked for. */
    counts: z.record(z.enum(LICENCE_STANDINGS), z.number()),
  }),
});

export const addLicence = endpoint({
  method: 'PUT',
  path: '/api/practitioners/:practitionerId/licences/:licenceId',
  summary: 'Enter a licence; repeating it with the same id has one effect',
  params: z.object({ practitionerId: PractitionerId, licenceId: LicenceId }),
  body: z.object({
    number: requiredText(60),
    issuer: requiredText(200),
    validFrom: CalendarDate,
    validTo: CalendarDate,
  }),
  response: LicensedPerson,
});

export const withdrawLicence = endpoint({
  method: 'POST',
  path: '/api/practitioners/:practitionerId/licences/:licenceId/withdraw',
  summary: 'Withdraw a licence from a day on, for good; entered by mistake, from its first day',
  params: z.object({ practitionerId: PractitionerId, licenceId: LicenceId }),
  body: z.object({ from: CalendarDate, reason: requiredText(300) }),
  response: LicensedPerson,
});
