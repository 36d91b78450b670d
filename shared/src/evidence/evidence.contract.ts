import * as z from 'zod/mini';
import { endpoint } from '../kernel/endpoint.ts';
import { RequestId, UserId } from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { RoomSide } from '../signalling/room.ts';
import { Judgement } from './judgement.ts';
import { PatientConfirmation } from './patient-confirmation.contract.ts';

const Count = z.int().check(z.nonnegative());
const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** A stretch of time: from, to. */
const Stretch = z.tuple([Instant, Instant]);

/** What the media server measured of one kind of track of one participant. `from`: what came from them; `to`: what was sent to them. */
const MeasuredTrack = z.object({
  direction: z.enum(['from', 'to']),
  kind: z.enum(['audio', 'video']),
  source: z.string(),
  /** Seconds with packets. */
  seconds: Count,
  packets: Count,
  bytes: Count,
  stretches: z.array(Stretch),
});

const Participant = z.object({
  userId: UserId,
  /** As what they sat in the room; only the time of the first two makes a consult. */
  side: RoomSide,
  /** Hashes, of this consult only: equal ones are one sign-in, and one address on the network. */
  sessions: z.array(Sha256),
  networks: z.array(Sha256),
  /** Each one a tab in the room, from coming to leaving. */
  stays: z.array(Stretch),
  /** Times that the signalling was lost and found again, and that the room was entered anew. */
  reconnections: Count,
  tracks: z.array(MeasuredTrack),
});

/** What is kept of a consult by the media server's own measure, every three seconds. Its canonical JSON is under the signature. */
export const Evidence = z.object({
  schema: z.literal('jaqyn.evidence/1'),
  requestId: RequestId,
  measuredUntil: z.nullable(Instant),
  participants: z.array(Participant),
  /** Seconds. */
  together: Count,
  twoWayAudio: Count,
  /** Both there, both heard, and no picture either way. */
  voiceOnly: Count,
  /**
   * The specialist's licence on the day of the preview, of several the one that ends last; null where nobody has entered one. What was
   * signed before licences were known is without it.
   */
  licence: z.optional(
    z.nullable(z.object({ number: z.string(), issuer: z.string(), validFrom: CalendarDate, validTo: CalendarDate })),
  ),
  /** Where the audit log stood. */
  log: z.object({ size: Count, root: Sha256 }),
});
export type Evidence = z.infer<typeof Evidence>;

export const getEvidence = endpoint({
  method: 'GET',
  path: '/api/consultations/:requestId/evidence',
  summary: 'What the media server measured of a consult, whether it is payable, and why',
  params: z.object({ requestId: RequestId }),
  response: z.object({
    evidence: Evidence,
    /** Of the canonical JSON that was signed; null while nothing is. */
    signedSha256: z.nullable(Sha256),
    judgement: Judgement,
    /** What the patient said of it last; null when nobody asked. */
    confirmation: z.nullable(PatientConfirmation),
  }),
});
