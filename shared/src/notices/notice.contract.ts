import * as z from 'zod/mini';
import { Language, LocalText, ROLES } from '../auth/auth.contract.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { AppointmentId, DeliveryId, NoticeId, RequestId, SpecialtyCode, UserId } from '../kernel/ids.ts';
import { CalendarDate, Instant } from '../kernel/time.ts';

/** What people are told. The words are made from the kind in the language of whoever reads; nothing clinical is among them. */
export const NOTICE_KINDS = [
  'appointment_booked',
  'appointment_moved',
  'appointment_cancelled',
  'appointment_offered',
  'appointment_reminder',
  'call_invited',
  'conclusion_signed',
  'conclusion_unsigned',
  'recommendation_cannot',
  'request_overdue',
] as const;
export const NoticeKind = z.enum(NOTICE_KINDS);
export type NoticeKind = z.infer<typeof NoticeKind>;

export const NOTICE_CHANNELS = ['in_app', 'email', 'sms'] as const;
export const NoticeChannel = z.enum(NOTICE_CHANNELS);
export type NoticeChannel = z.infer<typeof NoticeChannel>;

/** Ids, times and codes that the words are made with. */
export const NoticeParameters = z.object({
  requestId: RequestId,
  requestNumber: z.string(),
  appointmentId: z.nullable(AppointmentId),
  specialty: SpecialtyCode,
  specialtyName: LocalText,
  stationName: LocalText,
  /** The slot it is about; of a cancelled one, the slot it had. */
  startsAt: z.nullable(Instant),
  practitionerName: z.nullable(z.string()),
  /** Of a reminder: how long before. Of what is overdue or unsigned: for how long. */
  minutes: z.nullable(z.number()),
});
export type NoticeParameters = z.infer<typeof NoticeParameters>;

export const Notice = z.object({
  id: NoticeId,
  kind: NoticeKind,
  parameters: NoticeParameters,
  at: Instant,
  readAt: z.nullable(Instant),
});
export type Notice = z.infer<typeof Notice>;

export const DELIVERY_STATES = ['pending', 'sent', 'dead', 'superseded'] as const;
export const DeliveryState = z.enum(DELIVERY_STATES);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One way of one notice to one person, as `what was sent to whom` shows it. */
export const Delivery = z.object({
  id: DeliveryId,
  noticeId: NoticeId,
  kind: NoticeKind,
  parameters: NoticeParameters,
  recipient: z.object({ id: UserId, displayName: z.string(), role: z.enum(ROLES) }),
  channel: NoticeChannel,
  state: DeliveryState,
  attempts: z.number(),
  /** When it was made, and when it is tried next. */
  at: Instant,
  nextAt: Instant,
  sentAt: z.nullable(Instant),
  readAt: z.nullable(Instant),
  /** Why the last attempt failed: a code or the answer of the other server, never an address. */
  lastError: z.nullable(z.string()),
});
export type Delivery = z.infer<typeof Delivery>;

export const listNotices = endpoint({
  method: 'GET',
  path: '/api/notices',
  summary: 'My notices, newest first, and how many of them are unread',
  query: z.object({
    before: z.optional(Instant),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 30),
  }),
  response: z.object({ notices: z.array(Notice), unread: z.number() }),
});

export const readNotices = endpoint({
  method: 'POST',
  path: '/api/notices/read',
  summary: 'Mark notices of mine as read, or all of them up to a moment; again is harmless',
  body: z.object({
    ids: z._default(z.array(NoticeId).check(z.maxLength(100)), []),
    allUntil: z._default(z.nullable(Instant), null),
  }),
  response: z.object({ unread: z.number() }),
});

export const listDeliveries = endpoint({
  method: 'GET',
  path: '/api/notice-deliveries',
  summary: 'What was sent to whom, newest first; a coordinator of one oblast sees that oblast',
  query: z.object({
    kind: z.optional(NoticeKind),
    channel: z.optional(NoticeChannel),
    state: z.optional(DeliveryState),
    /** Part of the recipient's name. */
    q: z._default(z.string().check(z.maxLength(80)), ''),
    from: z.optional(CalendarDate),
    to: z.optional(CalendarDate),
    offset: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(100_000)), 0),
    limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
  }),
  response: z.object({ deliveries: z.array(Delivery), total: z.number() }),
});

export const retryDelivery = endpoint({
  method: 'POST',
  path: '/api/notice-deliveries/:deliveryId/retry',
  summary: 'Try a dead one again from the start',
  params: z.object({ deliveryId: DeliveryId }),
  response: Delivery,
});

export const NOTICE_RULE_KINDS = ['reminder', 'unsigned'] as const;
export const NoticeRuleKind = z.enum(NOTICE_RULE_KINDS);
export type NoticeRuleKind = z.infer<typeof NoticeRuleKind>;

export const MAX_RULE_MINUTES = 30 * 1440;
/** One to five moments: before an appointment, or after the end of a call that nobody has signed. */
export const RuleMinutes = z
  .array(z.number().check(z.int(), z.minimum(5), z.maximum(MAX_RULE_MINUTES)))
  .check(z.minLength(1), z.maxLength(5));

export const NoticeRule = z.object({
  kind: NoticeRuleKind,
  effectiveFrom: CalendarDate,
  minutes: RuleMinutes,
});
export type NoticeRule = z.infer<typeof NoticeRule>;

export const listNoticeRules = endpoint({
  method: 'GET',
  path: '/api/notice-rules',
  summary: 'When people are reminded: the rules in force, those to come and those that were, newest first',
  response: z.object({ rules: z.array(NoticeRule), inForce: z.record(NoticeRuleKind, RuleMinutes) }),
});

export const saveNoticeRule = endpoint({
  method: 'PUT',
  path: '/api/notice-rules/:kind/:effectiveFrom',
  summary:
    'From a day on, today or later, remind at these times; the same day again replaces; refused when others hold then than were seen',
  params: z.object({ kind: NoticeRuleKind, effectiveFrom: CalendarDate }),
  body: z.object({
    minutes: RuleMinutes,
    /** What held on that day when the change began. */
    seen: RuleMinutes,
  }),
  response: NoticeRule,
});

const email = z.union([z.literal(''), z.email().check(z.maxLength(200))]);
const phone = z.string().check(z.regex(/^(\+[1-9]\d{6,14})?$/));
/** Where I am told besides the app; empty is nowhere. */
export const NoticeContacts = z.object({ email, phone, language: Language });
export type NoticeContacts = z.infer<typeof NoticeContacts>;

export const getNoticeContacts = endpoint({
  method: 'GET',
  path: '/api/notice-contacts',
  summary: 'Where I am told besides the app, and which of the ways are switched on here',
  response: z.object({ contacts: NoticeContacts, channels: z.array(NoticeChannel) }),
});

export const NoticeContactsInput = z.object({ email, phone });

export const saveNoticeContacts = endpoint({
  method: 'PUT',
  path: '/api/notice-contacts',
  summary: 'Change where I am told besides the app; refused when I changed it elsewhere meanwhile',
  body: z.extend(NoticeContactsInput, {
    /** What they were when the change began. */
    seen: z.object({ email: z.string().check(z.maxLength(200)), phone: z.string().check(z.maxLength(40)) }),
  }),
  response: NoticeContacts,
});
