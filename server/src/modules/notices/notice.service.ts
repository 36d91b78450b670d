import type { DeliveryId, NoticeId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type {
  Delivery,
  DeliveryState,
  Notice,
  NoticeChannel,
  NoticeContacts,
  NoticeKind,
  NoticeRule,
  NoticeRuleKind,
} from '@jaqyn/shared/notices/notice.contract';
import { addDays, fromMinute, spanOfDay } from '@jaqyn/shared/scheduling/local-day';
import type { Store } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { assertSeen } from '../../kernel/seen.ts';
import { auditLog } from '../audit/audit-log.ts';
import { noticeRepository } from './notice.repository.ts';
import { deliveryRepository } from './notice-delivery.repository.ts';
import { recipientRepository } from './notice-recipient.repository.ts';
import { noticeRuleRepository } from './notice-rule.repository.ts';
import { minutesInForce } from './notice-rules.ts';

interface Dependencies {
  readonly store: Store;
  readonly clock: Clock;
  /** Ways out that are switched on here. */
  readonly channels: readonly NoticeChannel[];
}

interface DeliveryQuery {
  readonly kind?: NoticeKind | undefined;
  readonly channel?: NoticeChannel | undefined;
  readonly state?: DeliveryState | undefined;
  readonly q: string;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly offset: number;
  readonly limit: number;
}

interface Contacts {
  readonly email: string;
  readonly phone: string;
}

/** One's own notices, what was sent to whom, and when people are reminded. */
export class NoticeService {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #channels: readonly NoticeChannel[];

  constructor({ store, clock, channels }: Dependencies) {
    this.#store = store;
    this.#clock = clock;
    this.#channels = channels;
  }

  list(
    actor: Actor,
    { before, limit }: { before?: Instant | undefined; limit: number },
  ): Promise<{ notices: Notice[]; unread: number }> {
    const now = this.#clock.instant();
    return this.#store.read(async (tx) => ({
      notices: await noticeRepository.listMine(tx, actor.userId, { now, before, limit }),
      unread: await noticeRepository.countUnread(tx, actor.userId, now),
    }));
  }

  /** Of somebody else's nothing is marked; again is harmless. */
  markRead(actor: Actor, which: { ids: readonly NoticeId[]; allUntil: Instant | null }): Promise<{ unread: number }> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      await noticeRepository.markRead(tx, actor.userId, which, at);
      return { unread: await noticeRepository.countUnread(tx, actor.userId, at) };
    });
  }

  /** A coordinator of one oblast sees what was sent about its stations. */
  listDeliveries(actor: Actor, query: DeliveryQuery): Promise<{ deliveries: Delivery[]; total: number }> {
    const { from, to, ...filter } = query;
    return this.#store.read(async (tx) =>
      deliveryRepository.list(tx, {
        ...filter,
        from: from && fromMinute(spanOfDay(from).from),
        to: to && fromMinute(spanOfDay(addDays(to, 1)).from),
        region:
          actor.role === 'coordinator' ? await recipientRepository.findCoordinatorRegion(tx, actor.userId) : undefined,
      }),
    );
  }

  /** Throws `delivery.not_found` for a missing and a foreign one alike, `delivery.not_dead` where nothing has failed for good. */
  retry(actor: Actor, id: DeliveryId): Promise<Delivery> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const found = await deliveryRepository.find(tx, id);
      const mine =
        actor.role === 'coordinator' ? await recipientRepository.findCoordinatorRegion(tx, actor.userId) : undefined;
      if (found === undefined || (mine !== undefined && mine !== found.region))
        throw new DomainError('delivery.not_found');
      if (!(await deliveryRepository.revive(tx, id, at))) throw new DomainError('delivery.not_dead');
      await auditLog.append(tx, {
        at,
        actor,
        action: 'notice.retry',
        entityType: 'notice',
        entityId: found.noticeId,
        detail: { deliveryId: id, channel: found.channel },
      });
      const revived = await deliveryRepository.find(tx, id);
      if (revived === undefined) throw new DomainError('delivery.not_found');
      return revived;
    });
  }

  listRules(): Promise<{ rules: NoticeRule[]; inForce: Record<NoticeRuleKind, number[]> }> {
    const today = localDate(this.#clock.instant());
    return this.#store.read(async (tx) => {
      const rules = await noticeRuleRepository.list(tx);
      const inForce = {
        reminder: minutesInForce(rules, 'reminder', today),
        unsigned: minutesInForce(rules, 'unsigned', today),
      };
      return { rules, inForce };
    });
  }

  /**
   * What is in force on days that have been stays as it was: throws `notice_rule.past`. Throws `notice_rule.changed` when others hold
   * on that day than were `seen`.
   */
  async saveRule(
    actor: Actor,
    { seen, ...rule }: NoticeRule & { readonly seen: readonly number[] },
  ): Promise<NoticeRule> {
    const at = this.#clock.instant();
    if (rule.effectiveFrom < localDate(at)) throw new DomainError('notice_rule.past');
    const minutes = [...new Set(rule.minutes)].sort((a, b) => a - b);
    return this.#store.transaction(async (tx) => {
      const saved = { ...rule, minutes };
      const stored = minutesInForce(await noticeRuleRepository.list(tx), rule.kind, rule.effectiveFrom);
      assertSeen('notice_rule.changed', { stored, seen: [...new Set(seen)].sort((a, b) => a - b), wanted: minutes });
      await noticeRuleRepository.save(tx, saved, { at, userId: actor.userId });
      await auditLog.append(tx, {
        at,
        actor,
        action: 'notice_rule.save',
        entityType: 'notice',
        entityId: `${rule.kind} ${rule.effectiveFrom}`,
        detail: { minutes: minutes.join(' ') },
      });
      return saved;
    });
  }

  getContacts(actor: Actor): Promise<{ contacts: NoticeContacts; channels: NoticeChannel[] }> {
    return this.#store.read(async (tx) => ({
      contacts: { ...(await recipientRepository.findContacts(tx, actor.userId)), language: actor.language },
      channels: ['in_app', ...this.#channels],
    }));
  }

  /** Throws `notice_contacts.changed` when they were saved elsewhere since they were `seen`. */
  saveContacts(actor: Actor, { seen, ...contacts }: Contacts & { readonly seen: Contacts }): Promise<NoticeContacts> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await recipientRepository.findContacts(tx, actor.userId);
      assertSeen('notice_contacts.changed', { stored, seen, wanted: contacts });
      await recipientRepository.saveContacts(tx, actor.userId, contacts);
      await auditLog.append(tx, {
        at,
        actor,
        action: 'notice_contacts.save',
        entityType: 'user',
        entityId: actor.userId,
        detail: { hasEmail: contacts.email !== '', hasPhone: contacts.phone !== '' },
      });
      return { ...contacts, language: actor.language };
    });
  }
}
