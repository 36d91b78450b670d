import { randomUUID } from 'node:crypto';
import { type Instant, toInstant } from '@jaqyn/shared/kernel/time';
import type { NoticeChannel } from '@jaqyn/shared/notices/notice.contract';
import type { Store } from '../../db/store.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import { placementOf } from './notice-book.ts';
import type { NoticeChannelPort } from './notice-channel.ts';
import { deliveryRepository, type LeasedDelivery } from './notice-delivery.repository.ts';
import { subjectRepository } from './notice-subject.repository.ts';
import { noticeWords } from './notice-words.ts';

/** Longer than any channel waits for its answer, so that nobody else takes what is still on its way. */
export const LEASE_SECONDS = 60;
const AT_ONCE = 20;
/** Half a minute, doubled each time, at most an hour: some six hours in all. */
const FIRST_RETRY_SECONDS = 30;
const MAX_RETRY_SECONDS = 3600;
export const MAX_ATTEMPTS = 12;
const UNSIGNED = ['conclusion_draft', 'awaiting_signature'];
/** Nobody is asked into a call that is over. */
const BEFORE_THE_END = ['accepted', 'ringing', 'escalated', 'booked', 'checked_in', 'in_call', 'interrupted'];
const TO_COME = ['booked', 'arrived', 'checked-in', 'proposed'];

export type OutgoingChannels = Readonly<Partial<Record<Exclude<NoticeChannel, 'in_app'>, NoticeChannelPort>>>;

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Pick<EventBus, 'publish'>;
  /** Those that are switched on here. */
  readonly channels: OutgoingChannels;
  readonly publicOrigin: string | undefined;
}

/**
 * Delivers the outbox at least once: a row is leased, sent, and settled only under the lease it was taken with. Two processes never have the
 * same row at a time; one that dies leaves it to the next when its lease has run out, with the same id for the other side to notice.
 */
export class NoticeDeliverer {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #bus: Pick<EventBus, 'publish'>;
  readonly #channels: OutgoingChannels;
  readonly #publicOrigin: string | undefined;

  constructor({ store, clock, bus, channels, publicOrigin }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#bus = bus;
    this.#channels = channels;
    this.#publicOrigin = publicOrigin;
  }

  /** One round; true when there may be more. */
  async deliverDue(): Promise<boolean> {
    const now = this.#clock.instant();
    const isAnyDue = await this.#store.read((tx) => deliveryRepository.isAnyDue(tx, now));
    if (!isAnyDue) return false;
    const lease = randomUUID();
    const until = shift(now, LEASE_SECONDS);
    const taken = await this.#store.transaction((tx) =>
      deliveryRepository.lease(tx, { now, until, lease, limit: AT_ONCE }),
    );
    await Promise.all(taken.map((delivery) => this.#deliver(delivery)));
    return taken.length === AT_ONCE;
  }

  async #deliver(delivery: LeasedDelivery): Promise<void> {
    const { channel, notice, recipient } = delivery;
    if (!(await this.#isStillTrue(delivery))) {
      await this.#settle(delivery, { state: 'superseded' });
      return;
    }
    if (channel === 'in_app') {
      await this.#settle(delivery, { state: 'sent', sentAt: this.#clock.instant() });
      this.#bus.publish('notice:arrived', { userId: recipient.id, noticeId: notice.id });
      return;
    }
    const port = this.#channels[channel];
    const to = channel === 'email' ? delivery.email : delivery.phone;
    if (port === undefined || to === '') {
      await this.#settle(delivery, { state: 'dead', lastError: port === undefined ? 'channel_off' : 'no_address' });
      return;
    }
    const words = noticeWords(notice.kind, notice.parameters, recipient.language, this.#publicOrigin);
    try {
      await port.send({ id: delivery.id, to, language: recipient.language, ...words });
    } catch (error) {
      await this.#fail(delivery, error, to);
      return;
    }
    await this.#settle(delivery, { state: 'sent', sentAt: this.#clock.instant(), lastError: null });
  }

  async #fail(delivery: LeasedDelivery, error: unknown, to: string): Promise<void> {
    // Servers like to repeat the address; the list of what was sent is no address book.
    const lastError = (error instanceof Error ? error.message : String(error)).replaceAll(to, '…').slice(0, 200);
    if (delivery.attempts >= MAX_ATTEMPTS) {
      await this.#settle(delivery, { state: 'dead', lastError });
      return;
    }
    const seconds = Math.min(FIRST_RETRY_SECONDS * 2 ** (delivery.attempts - 1), MAX_RETRY_SECONDS);
    await this.#settle(delivery, { state: 'pending', nextAt: shift(this.#clock.instant(), seconds), lastError });
  }

  #settle(delivery: LeasedDelivery, change: Parameters<typeof deliveryRepository.settle>[2]): Promise<boolean> {
    return this.#store.transaction((tx) => deliveryRepository.settle(tx, delivery, change));
  }

  /** Whether it is as the notice says, now that it is told: what moved meanwhile has a notice of its own. */
  #isStillTrue({ notice, recipient }: LeasedDelivery): Promise<boolean> {
    const { kind, parameters } = notice;
    const { appointmentId, requestId, startsAt } = parameters;
    return this.#store.read(async (tx) => {
      switch (kind) {
        case 'appointment_booked':
        case 'appointment_moved':
        case 'appointment_offered':
        case 'appointment_reminder': {
          const facts = appointmentId && (await subjectRepository.findAppointment(tx, appointmentId));
          if (!facts || !TO_COME.includes(facts.status) || placementOf(facts) === '') return false;
          return facts.parameters.startsAt === startsAt && (startsAt ?? '') > this.#clock.instant();
        }
        case 'conclusion_unsigned': {
          const request = await subjectRepository.findRequest(tx, requestId);
          return request !== undefined && UNSIGNED.includes(request.status);
        }
        case 'call_invited': {
          const request = await subjectRepository.findRequest(tx, requestId);
          if (request === undefined || !BEFORE_THE_END.includes(request.status)) return false;
          return subjectRepository.isAskedIn(tx, requestId, recipient.id);
        }
        case 'appointment_cancelled':
        case 'conclusion_signed':
        case 'recommendation_cannot':
        case 'request_overdue':
          return true;
      }
    });
  }
}

function shift(at: Instant, seconds: number): Instant {
  return toInstant(new Date(Date.parse(at) + seconds * 1000));
}
