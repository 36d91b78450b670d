import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { OrganizationId, StationId } from '../kernel/ids.ts';

/** FHIR Location: a village station (FAP, ambulatory) that starts consults. */
export const Station = z.object({
  id: StationId,
  organizationId: OrganizationId,
  name: LocalText,
  /** Oblast, district and settlement as printed on documents. */
  oblast: LocalText,
  district: LocalText,
  settlement: LocalText,
  phone: z.string(),
  /** Telephone of the regional coordinator, shown large when the link is down. */
  coordinatorPhone: z.string(),
});
export type Station = z.infer<typeof Station>;

export const listStations = endpoint({
  method: 'GET',
  path: '/api/stations',
  summary: 'Stations the caller may see',
  response: z.object({ stations: z.array(Station) }),
});

export const getMyStation = endpoint({
  method: 'GET',
  path: '/api/stations/mine',
  summary: "The caller's own station",
  response: Station,
});
