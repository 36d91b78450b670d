import type { DeliveryState, NoticeChannel, NoticeKind } from '@jaqyn/shared/notices/notice.contract';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { StatusTone } from '../../ui/status-badge.tsx';

export const NOTICE_WORDS: Record<NoticeKind, MessageDescriptor> = {
  appointment_booked: msg`Appointment booked`,
  appointment_moved: msg`Appointment moved`,
  appointment_cancelled: msg`Appointment cancelled`,
  appointment_offered: msg`A free time is offered`,
  appointment_reminder: msg`Appointment soon`,
  call_invited: msg`You are asked into a call`,
  conclusion_signed: msg`Conclusion signed`,
  conclusion_unsigned: msg`Conclusion not signed yet`,
  recommendation_cannot: msg`A recommendation cannot be followed`,
  request_overdue: msg`Waits past its date`,
};

export const NOTICE_TONES: Record<NoticeKind, StatusTone> = {
  appointment_booked: 'well',
  appointment_moved: 'heed',
  appointment_cancelled: 'heed',
  appointment_offered: 'accent',
  appointment_reminder: 'accent',
  call_invited: 'accent',
  conclusion_signed: 'well',
  conclusion_unsigned: 'act-now',
  recommendation_cannot: 'heed',
  request_overdue: 'act-now',
};

export const CHANNEL_WORDS: Record<NoticeChannel, MessageDescriptor> = {
  in_app: msg`In the app`,
  email: msg`E-mail`,
  sms: msg`SMS`,
};

export const DELIVERY_WORDS: Record<DeliveryState, MessageDescriptor> = {
  pending: msg`On its way`,
  sent: msg`Delivered`,
  dead: msg`Not delivered`,
  superseded: msg`Overtaken, not sent`,
};

export const DELIVERY_TONES: Record<DeliveryState, StatusTone> = {
  pending: 'accent',
  sent: 'well',
  dead: 'act-now',
  superseded: 'quiet',
};
