/**
 * THE live contract: everything that may be said over the socket. The server refuses to start when a request has no
 * handler or no access; types of both ends are derived from here; docs/signalling.md explains it and is held equal by a test.
 */
import * as z from 'zod/mini';
import { AttachmentState } from '../attachments/attachment.contract.ts';
import { PointedMark, SharedView } from '../attachments/shared-view.ts';
import { LocalText } from '../auth/auth.contract.ts';
import { ChatMessage, ChatText, Urgency } from '../consultations/consultation.contract.ts';
import { CONSULTATION_STATES } from '../consultations/consultation.machine.ts';
import {
  AppointmentId,
  AttachmentId,
  MediaId,
  MessageId,
  NoticeId,
  PeerId,
  PractitionerId,
  RequestId,
  SpecialtyCode,
  StationId,
} from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';
import { LinkSample } from '../link-samples/link-sample.contract.ts';
import { MEDIA_PROFILE_NAMES } from '../media/media-profile.ts';
import { RtpCapabilities, RtpParameters } from '../media/rtp.ts';
import { MediaKind, MediaSource } from '../media/source.ts';
import { DtlsParameters, IceParameters, IceServer, TransportParameters } from '../media/transport.ts';
import { ExaminationAsk, ExaminationState, LiveMark } from './examination.ts';
import { PIECES_WINDOW_BYTES } from './limits.ts';
import { Curtain, PeerCloseReason, RoomConsumer, RoomContent, RoomPeer, SentStep, WayReport } from './room.ts';

const Nothing = z.object({});
/** A key the sender chose, so that it need not wait for the server to name its track. */
const ProducerKey = z.string().check(z.uuid());
const ConsumerIds = z.array(MediaId).check(z.minLength(1), z.maxLength(64));

/** Client → server; each is answered by one Ack. */
export const liveRequests = {
  /** What this server can carry; the same for every room, to be asked before the call. */
  'media:capabilities': {
    request: Nothing,
    response: z.object({
      version: z.string(),
      rtpCapabilities: RtpCapabilities,
      /** How media are set up here; always `fitted` outside the benches. */
      profile: z.enum(MEDIA_PROFILE_NAMES),
    }),
  },
  /**
   * Enter the room of a consultation. One answer holds all that media needs. Whoever is in already, in another tab or
   * before a reload, is replaced. `request.invalid` at `capabilitiesVersion`: ask `media:capabilities` again.
   */
  'room:join': {
    request: z.object({
      requestId: RequestId,
      capabilitiesVersion: z.string().check(z.maxLength(64)),
      /** What this browser can receive of it. */
      rtpCapabilities: RtpCapabilities,
      /** This browser can send and receive redundant voice (RFC 2198). */
      hasRed: z._default(z.boolean(), false),
      /** False in a call by voice only: no picture is sent before it is asked for. */
      isVideoWanted: z._default(z.boolean(), true),
    }),
    response: z.extend(RoomContent, {
      peerId: PeerId,
      sendTransport: TransportParameters,
      recvTransport: TransportParameters,
      /** Voice in this room is RED for everybody, or plain Opus for everybody. */
      isVoiceRedundant: z.boolean(),
      iceServers: z.array(IceServer).check(z.maxLength(8)),
      /** Where there is nothing to receive yet: sound that nobody makes, so that the way down is connected before anybody comes. */
      nothing: z.optional(z.object({ consumerId: MediaId, producerId: MediaId, rtpParameters: RtpParameters })),
      /** Lines for `receiver:report` and `sender:advised` beside the media (way-report-bytes.ts); without them both are said here. */
      reportLine: z.optional(
        z.object({
          down: z.object({ consumerId: MediaId, producerId: MediaId, streamId: z.number() }),
          up: z.object({ producerId: MediaId }),
        }),
      ),
    }),
  },
  /** Back on a new socket, or in doubt about what was missed: take up the same peer again. `room.not_joined`: join. */
  'room:resume': {
    request: z.object({ requestId: RequestId, peerId: PeerId }),
    response: RoomContent,
  },
  'room:leave': { request: Nothing, response: Nothing },
  /** Repeating it with the same parameters is fine. */
  'transport:connect': {
    request: z.object({ transportId: MediaId, dtlsParameters: DtlsParameters }),
    response: Nothing,
  },
  /**
   * The ICE parameters after `inUse` (a user name fragment), to be used now or kept for the next lost path. Repeating it answers the
   * same ones as long as `inUse` is what it was. Without `inUse` new ones are made, and the last but one are not taken any more.
   */
  'transport:restart-ice': {
    request: z.object({ transportId: MediaId, inUse: z.optional(z.string().check(z.maxLength(256))) }),
    response: z.object({ iceParameters: IceParameters }),
  },
  /** Repeating it with the same key has one effect. A second producer of one source closes the first. */
  'producer:create': {
    request: z.object({
      producerKey: ProducerKey,
      kind: MediaKind,
      source: MediaSource,
      rtpParameters: RtpParameters,
      isPaused: z.boolean(),
    }),
    response: z.object({ producerId: MediaId }),
  },
  'producer:pause': { request: z.object({ producerKey: ProducerKey }), response: Nothing },
  'producer:resume': { request: z.object({ producerKey: ProducerKey }), response: Nothing },
  'producer:close': { request: z.object({ producerKey: ProducerKey }), response: Nothing },
  /** The receiver is ready for these: packets flow from now on. All or none: one foreign id refuses the call. */
  'consumer:resume': { request: z.object({ consumerIds: ConsumerIds }), response: Nothing },
  'consumer:pause': { request: z.object({ consumerIds: ConsumerIds }), response: Nothing },
  /** These pictures stand though packets of them come: a whole one, please. What is no picture, or not this peer's any more, is passed over. */
  'consumer:renew': { request: z.object({ consumerIds: ConsumerIds }), response: Nothing },
  /** What of a picture is sent from here from now on; told to the others. */
  'sender:step': { request: SentStep, response: Nothing },
  /** How the sound of that peer arrives here; passed on to it. Mostly said beside the media, see `reportLine`. */
  'receiver:report': { request: z.extend(WayReport, { peerId: PeerId }), response: Nothing },
  /** Shows a file of the room's consultation to the others; null: no longer. */
  'view:show': { request: z.object({ view: z.nullable(SharedView) }), response: Nothing },
  /** A finger or a ruler on a file that is shown. `attachment.not_shown`: show it first. More than 16 a second are dropped. */
  'view:point': { request: PointedMark, response: Nothing },
  /** Hides the patient from everybody, or not any more; written into the record. Opening it is the station's. */
  'curtain:set': {
    request: z.object({ isDrawn: z.boolean(), hidesSound: z._default(z.boolean(), false) }),
    response: z.object({ curtain: z.nullable(Curtain) }),
  },
  /** Asks the other side for something of an examination. More than a few in a row are dropped. */
  'examination:ask': { request: z.object({ what: ExaminationAsk }), response: Nothing },
  /** How the examination is here; told to the others. */
  'examination:tell': { request: ExaminationState, response: Nothing },
  /** A finger, a ruler or a stroke on somebody's live picture. `producer.not_found`: they send none. More than 16 a second are dropped. */
  'examination:mark': { request: LiveMark, response: Nothing },
  /** Which announced file the pieces of this socket are of from now on, and how many of its bytes are there. */
  'upload:open': {
    request: z.object({ attachmentId: AttachmentId }),
    response: z.object({ offset: z.number() }),
  },
  /**
   * More bytes of it, from `offset`; the answer says how many are there then. `attachment.offset_conflict`: they do not follow what is there, open it again.
   * Beside a call on a thin link, where a round trip for each piece would leave most of it unused. A name in each would be a tenth of it.
   */
  'upload:piece': {
    request: z.object({
      offset: z.number().check(z.int(), z.minimum(0)),
      bytes: z
        .instanceof(Uint8Array)
        .check(z.refine(({ byteLength }) => byteLength > 0 && byteLength <= PIECES_WINDOW_BYTES)),
    }),
    response: z.object({ offset: z.number() }),
  },
  /** Whether this socket still reaches the server. */
  'link:probe': { request: Nothing, response: Nothing },
  /** How the call was at this end lately; kept with the consult. What is told twice is kept once. */
  'link:report': {
    request: z.object({ samples: z.array(LinkSample).check(z.minLength(1), z.maxLength(60)) }),
    response: Nothing,
  },
  /** Stored when answered. `messageId` is made by the sender; sending it again answers the stored one. */
  'chat:send': {
    request: z.object({ requestId: RequestId, messageId: MessageId, text: ChatText }),
    response: z.object({ message: ChatMessage }),
  },
} as const satisfies Record<string, { request: z.core.$ZodType; response: z.core.$ZodType }>;

/** Why a phone stopped ringing. */
export const RING_STOP_REASONS = [
  'answered',
  'answered_elsewhere',
  'cancelled',
  'declined',
  'escalated',
  'exhausted',
] as const;

/** Server → client, without an answer. What was missed while away comes with `room:resume` or over HTTP. */
export const liveNotifications = {
  'peer:joined': RoomPeer,
  'peer:closed': z.object({ peerId: PeerId, reason: PeerCloseReason }),
  /** Their signalling is away; they keep their place for a while. */
  'peer:suspended': z.object({ peerId: PeerId }),
  'peer:resumed': z.object({ peerId: PeerId }),
  'peer:stepped': z.object({ peerId: PeerId, step: SentStep }),
  'consumer:created': RoomConsumer,
  'consumer:closed': z.object({ consumerId: MediaId }),
  'consumer:paused': z.object({ consumerId: MediaId }),
  'consumer:resumed': z.object({ consumerId: MediaId }),
  /** The server does not send this picture here for the moment, or does again: see RoomConsumer. */
  'consumer:held': z.object({ consumerId: MediaId, isHeld: z.boolean() }),
  /** Who speaks now, among three or more. */
  'speaker:changed': z.object({ peerId: z.nullable(PeerId) }),
  /** How one's own sound arrives at `peerId`. */
  'sender:advised': z.extend(WayReport, { peerId: PeerId }),
  /** No more of pictures than this arrives at the thinnest receiver: for a sender that hears nothing from its receivers, a muted one for instance. */
  'sender:limited': z.object({ bitsPerSecond: z.int().check(z.positive()) }),
  /** The room's media are made anew (a media worker died, or somebody came who cannot take its voice): join again. */
  'room:moved': z.object({ requestId: RequestId }),
  /** No longer in the room: `replaced` by another tab, or the consultation or the right to it is over. */
  'room:closed': z.object({ requestId: RequestId, reason: PeerCloseReason }),
  /** `peerId` shows a file, or no longer. */
  'view:shown': z.object({ peerId: PeerId, view: z.nullable(SharedView) }),
  'view:pointed': z.extend(PointedMark, { peerId: PeerId }),
  /** Null: it is open. */
  'curtain:changed': z.object({ curtain: z.nullable(Curtain) }),
  'examination:asked': z.object({ peerId: PeerId, what: ExaminationAsk }),
  'examination:told': z.object({ peerId: PeerId, state: ExaminationState }),
  /** `by` marked a place on the picture of `peerId`. */
  'examination:marked': z.extend(LiveMark, { by: PeerId }),
  'chat:received': z.object({ message: ChatMessage }),
  /** A file of the consultation came, was checked, was named anew or is gone: ask for the list. */
  'attachment:changed': z.object({
    requestId: RequestId,
    attachmentId: AttachmentId,
    status: AttachmentState,
  }),
  'consultation:changed': z.object({
    requestId: RequestId,
    status: z.enum(CONSULTATION_STATES),
    version: z.number(),
  }),
  /** Who is asked into the call of this consultation, or their right to be in it, is not what it was: ask again. */
  'participants:changed': z.object({ requestId: RequestId }),
  /**
   * Appointments, holds or rosters of these people are not what they were: ask again. `days`: which, none of them means look
   * again whatever is shown; nobody named means everybody. Named are only stations the hearer may know.
   */
  'schedule:changed': z.object({
    practitionerIds: z.array(PractitionerId),
    stationIds: z.array(StationId),
    days: z.array(CalendarDate),
    /** Who changed which appointments: told to coordinators who may know all of the stations, so that a board can say it. */
    author: z.optional(z.object({ displayName: z.string(), appointmentIds: z.array(AppointmentId) })),
  }),
  /** Somebody waits, or does not any more. */
  'waitlist:changed': z.object({ specialties: z.array(SpecialtyCode), stationIds: z.array(StationId) }),
  /** The user has a new notice; the list says what it is. */
  'notice:arrived': z.object({ noticeId: NoticeId }),
  /** Somebody calls: enough to decide whether to answer. */
  'ring:started': z.object({
    requestId: RequestId,
    urgency: Urgency,
    specialty: SpecialtyCode,
    stationName: LocalText,
    reason: z.string(),
    startedAt: Instant,
  }),
  'ring:stopped': z.object({ requestId: RequestId, why: z.enum(RING_STOP_REASONS) }),
  /** The last thing said on this socket. */
  'session:ended': z.object({ reason: z.enum(['signed_out', 'expired', 'revoked', 'user_disabled']) }),
} as const satisfies Record<string, z.core.$ZodType>;

export type LiveRequests = typeof liveRequests;
export type RequestName = keyof LiveRequests;
export type RequestInput<Name extends RequestName> = z.input<LiveRequests[Name]['request']>;
export type RequestData<Name extends RequestName> = z.output<LiveRequests[Name]['request']>;
export type ResponseData<Name extends RequestName> = z.output<LiveRequests[Name]['response']>;

export type LiveNotifications = typeof liveNotifications;
export type NotificationName = keyof LiveNotifications;
export type NotificationData<Name extends NotificationName> = z.output<LiveNotifications[Name]>;
