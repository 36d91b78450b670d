import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { RequestId } from '../kernel/ids.ts';
import { Instant } from '../kernel/time.ts';
import { CALL_STEPS, STEP_REASONS } from '../media/call-step.ts';

/** Seconds that one sample is about. */
export const SAMPLE_SECONDS = 10;
/** An hour away from the server is kept and told later; what is older is given up. */
export const MAX_SAMPLES = 360;

const amount = (max: number) => z.number().check(z.minimum(0), z.maximum(max));
const known = (max: number) => z.nullable(amount(max));
const Ms = 600_000;
const Bps = 10_000_000_000;

/**
 * How a call was at one end for ten seconds. Null is what that end cannot see. Rates in bit/s on the wire, times in ms, shares in %.
 * `client` is what a browser says of itself, `server` what the media server counted of the same person's two transports.
 */
export const LinkSample = z.object({
  /** The end of the ten seconds. */
  at: Instant,
  seconds: amount(600),
  sentBps: amount(Bps),
  receivedBps: amount(Bps),
  /** Packets that did not arrive here. */
  lostPercent: known(100),
  /** There and back between this end and the server. */
  rttMs: known(Ms),
  /** Of the sound that was played, what was made up. */
  concealedPercent: known(100),
  /** That sound waited before it was played. */
  bufferMs: known(Ms),
  /** That this end's own sound waited on its way to the other. */
  queueMs: known(Ms),
  receivedFps: known(240),
  sentFps: known(240),
  /** Without a new picture although one was due. */
  frozenMs: known(Ms),
  step: z.nullable(z.enum(CALL_STEPS)),
  why: z.nullable(z.enum(STEP_REASONS)),
});
export type LinkSample = z.infer<typeof LinkSample>;

const SIDES = ['station', 'specialist'] as const;

export const StoredLinkSample = z.extend(LinkSample, {
  side: z.enum(SIDES),
  origin: z.enum(['client', 'server']),
});
export type StoredLinkSample = z.infer<typeof StoredLinkSample>;

export const listLinkSamples = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/link-samples',
  summary: 'How the call of a consult was, every ten seconds, seen from both ends and by the media server',
  params: z.object({ requestId: RequestId }),
  response: z.object({ samples: z.array(StoredLinkSample) }),
});
