import * as z from 'zod/mini';
import { LocalText } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { LinkCheckId, RequestId, StationId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { CALL_STEPS } from '../media/call-step.ts';
import { WAYS_OUT } from '../media/way-out.ts';
import { CHECK_GRADES } from './judge-check.ts';

/** Whether a device can be had, and why not. */
export const DEVICE_STATES = ['works', 'silent', 'missing', 'refused', 'busy'] as const;
export const SPEAKER_STATES = ['heard', 'not_heard', 'not_asked'] as const;

const amount = (max: number) => z.number().check(z.minimum(0), z.maximum(max));
const known = (max: number) => z.nullable(amount(max));
const Ms = 600_000;
const Bps = 10_000_000_000;

/**
 * What a computer found out about itself and its link by a short call with itself through the media server, so that every packet
 * went the way up and the way down. Null is what did not come to be measured. Rates in bit/s on the wire, times in ms, shares in %.
 */
export const LinkCheck = z.object({
  camera: z.enum(DEVICE_STATES),
  /** `silent`: there is one, and it heard nothing the whole time. */
  microphone: z.enum(DEVICE_STATES),
  speaker: z.enum(SPEAKER_STATES),
  /** Null: media did not get out at all. */
  way: z.nullable(z.enum(WAYS_OUT)),
  /** From asking to the first packet that came back. */
  connectMs: known(Ms),
  rttMs: known(Ms),
  sentBps: known(Bps),
  receivedBps: known(Bps),
  /** Of the sound, up and down together. */
  lostPercent: known(100),
  /** Of the sound that came back, what had to be made up. */
  concealedPercent: known(100),
  receivedFps: known(240),
  /** What of a picture the call's own controller sent in the end. */
  step: z.nullable(z.enum(CALL_STEPS)),
  seconds: amount(600),
});
export type LinkCheck = z.infer<typeof LinkCheck>;

export const StoredLinkCheck = z.extend(LinkCheck, {
  id: LinkCheckId,
  at: Instant,
  stationId: z.nullable(StationId),
  /** Who sat at the computer. */
  userName: z.string(),
  grade: z.enum(CHECK_GRADES),
});
export type StoredLinkCheck = z.infer<typeof StoredLinkCheck>;

/** How a consult's call was at the station, over its whole length. */
export const DiaryCall = z.object({
  requestId: RequestId,
  at: Instant,
  minutes: z.number(),
  rttMs: z.nullable(z.number()),
  sentBps: z.number(),
  receivedBps: z.number(),
  concealedPercent: z.nullable(z.number()),
});
export type DiaryCall = z.infer<typeof DiaryCall>;

export const StationLink = z.object({
  stationId: StationId,
  name: LocalText,
  oblast: LocalText,
  /** Null: nobody has checked there yet. */
  last: z.nullable(z.object({ at: Instant, grade: z.enum(CHECK_GRADES), step: z.nullable(z.enum(CALL_STEPS)) })),
  /** Of the last seven days: how many, and how many of them failed. */
  checks: z.number(),
  failed: z.number(),
});
export type StationLink = z.infer<typeof StationLink>;

export const saveLinkCheck = endpoint({
  method: 'PUT',
  path: '/api/link-checks/:checkId',
  summary: "Keeps what this computer's check found; said again within the hour by the same user, the newer word holds",
  params: z.object({ checkId: LinkCheckId }),
  body: LinkCheck,
  response: StoredLinkCheck,
});

export const listLinkChecks = endpoint({
  method: 'GET',
  path: '/api/link-checks',
  summary:
    "The network diary: checks and calls of a station, the oldest first. A feldsher's own station, a coordinator's any of the oblast; a specialist reads the checks of their own computer",
  query: z.object({
    stationId: z.optional(StationId),
    days: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(92)), 14),
  }),
  response: z.object({ checks: z.array(StoredLinkCheck), calls: z.array(DiaryCall) }),
});

export const listStationLinks = endpoint({
  method: 'GET',
  path: '/api/station-links',
  summary: 'How the links of the stations were when they were last checked, the worst first',
  response: z.object({ stations: z.array(StationLink) }),
});
