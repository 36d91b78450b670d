import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScheduleDesk, MONDAY, operationId, TUESDAY } from '../../../test/schedule-desk.ts';
import type { Tx } from '../../db/store.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { newId } from '../../kernel/ids.ts';
import { EmailChannel } from './email-channel.ts';
import { NoticeService } from './notice.service.ts';
import { noticeBook } from './notice-book.ts';
import type { NoticeChannelPort, OutgoingMessage } from './notice-channel.ts';
import { LEASE_SECONDS, MAX_ATTEMPTS, NoticeDeliverer } from './notice-deliverer.ts';
import { NoticeUpkeepService } from './notice-upkeep.service.ts';
import { SmsChannel } from './sms-channel.ts';

/** Remembers what it was given; refuses as long as it is told to. */
class Outbox implements NoticeChannelPort {
  readonly sent: OutgoingMessage[] = [];
  isRefusing = false;
  /** Runs while a message is on its way. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  async send(message: OutgoingMessage): Promise<void> {
    await this.meanwhile();
    if (this.isRefusing) throw new Error(`550 no such user ${message.to}`);
    this.sent.push(message);
  }
}

const NOWHERE = { email: '', phone: '' };

async function openDesk() {
  const desk = await createScheduleDesk();
  const { store, clock, bus } = desk;
  const email = new Outbox();
  const deliverer = (channels = { email }) =>
    new NoticeDeliverer({ store, clock, bus, channels, publicOrigin: 'https://jaqyn.example.kz' });
  const notices = new NoticeService({ store, clock, channels: ['email'] });
  const upkeep = new NoticeUpkeepService({ store, clock });
  const kindsOf = async (actor: typeof desk.feldsher) =>
    (await notices.list(actor, { limit: 50 })).notices.map(({ kind }) => kind);
  return {
    ...desk,
    email,
    deliverer,
    notices,
    upkeep,
    kindsOf,
    /** Past the ten seconds in which a change can be taken back. */
    settle: () => clock.advance({ seconds: 11 }),
    withEmail: (actor = desk.feldsher) =>
      notices.saveContacts(actor, { email: 'fap@example.kz', phone: '', seen: NOWHERE }),
    deliveries: () =>
      desk.rows<{ state: string; channel: string; attempts: number; last_error: string | null; next_at: string }>(
        "select * from notice_delivery where channel <> 'in_app'",
      ),
  };
}

describe('what is told', () => {
  it('tells station and specialist of a booking, a move and a cancellation, each once, and not who did it', async () => {
    const desk = await openDesk();
    const booked = await desk.book(TUESDAY, '09:00');
    desk.settle();
    expect(await desk.kindsOf(desk.feldsher)).toEqual(['appointment_booked']);
    expect(await desk.kindsOf(desk.cardio)).toEqual(['appointment_booked']);
    expect(await desk.kindsOf(desk.coordinator)).toEqual([]);

    const moved = await desk.bookings.move(desk.coordinator, booked.id, {
      operationId: operationId(),
      version: booked.version,
      ...desk.slot(TUESDAY, '10:00'),
    });
    desk.settle();
    expect(await desk.kindsOf(desk.feldsher)).toEqual(['appointment_moved', 'appointment_booked']);

    const version = moved.appointments[0]?.version ?? 0;
    const reason = { reason: 'patient_asked', note: '' } as const;
    await desk.appointments.cancel(desk.feldsher, booked.id, { operationId: operationId(), version, ...reason });
    desk.settle();
    expect((await desk.kindsOf(desk.cardio))[0]).toBe('appointment_cancelled');
    expect(
      desk.rows(
        "select 1 from notice_delivery d join notice n on n.id = d.notice_id where n.recipient_id = ? and n.kind = 'appointment_cancelled'",
        desk.feldsher.userId,
      ),
    ).toEqual([]);
  });

  it('tells nobody of what is taken back within the ten seconds', async () => {
    const desk = await openDesk();
    const booked = await desk.book(TUESDAY, '09:00');
    await desk.appointments.undo(desk.coordinator, booked.operationId);
    desk.settle();
    await desk.deliverer().deliverDue();
    expect(await desk.kindsOf(desk.feldsher)).toEqual([]);
    expect(await desk.kindsOf(desk.cardio)).toEqual([]);
  });

  it('writes the notice in the unit of work of the change: neither is ever without the other', async () => {
    const desk = await openDesk();
    desk.raw.exec("create trigger fail before insert on notice begin select raise(abort, 'disk'); end");
    await expect(desk.book(TUESDAY, '09:00')).rejects.toThrow('disk');
    expect(desk.rows('select id from appointment')).toEqual([]);
    desk.raw.exec('drop trigger fail');
    await desk.book(TUESDAY, '09:20');
    expect(desk.rows('select id from appointment')).toHaveLength(1);
    expect(desk.rows('select id from notice').length).toBeGreaterThan(1);
  });

  it('reminds at the times of the rule, once, of where the appointment is then', async () => {
    const desk = await openDesk();
    // 09:00 on Monday now; the slot of Tuesday 09:20 is more than a day away.
    const booked = await desk.book(TUESDAY, '09:20');
    desk.settle();
    await desk.upkeep.tick();
    expect(await desk.kindsOf(desk.cardio)).toEqual(['appointment_booked']);
    desk.clock.advance({ seconds: 21 * 60 });
    await desk.upkeep.tick();
    await desk.upkeep.tick();
    // Two processes may find the same to be due: the second one's is no notice.
    const again = (tx: Tx) => noticeBook.remind(tx, booked.id, 24 * 60, desk.clock.instant());
    expect(await desk.store.transaction(again)).toBe(0);
    expect(await desk.kindsOf(desk.cardio)).toEqual(['appointment_reminder', 'appointment_booked']);
    await desk.bookings.move(desk.coordinator, booked.id, {
      operationId: operationId(),
      version: booked.version,
      ...desk.slot(TUESDAY, '12:40'),
    });
    desk.clock.advance({ seconds: 23.4 * 3600 });
    // Half an hour before the old time: nobody is reminded of that.
    await desk.upkeep.tick();
    const kinds = await desk.kindsOf(desk.cardio);
    expect(kinds.filter((kind) => kind === 'appointment_reminder')).toHaveLength(2);
    const { notices } = await desk.notices.list(desk.cardio, { limit: 1 });
    expect(notices[0]?.parameters.startsAt).toBe('2026-11-24T07:40:00.000Z');
  });

  it('drops a reminder that was written but not yet sent when its appointment moves', async () => {
    const desk = await openDesk();
    await desk.withEmail();
    const booked = await desk.book(MONDAY, '09:20');
    desk.settle();
    await desk.deliverer().deliverDue();
    await desk.upkeep.tick();
    await desk.bookings.move(desk.coordinator, booked.id, {
      operationId: operationId(),
      version: booked.version,
      ...desk.slot(TUESDAY, '10:00'),
    });
    desk.settle();
    await desk.deliverer().deliverDue();
    expect(desk.email.sent.map(({ subject }) => subject.includes('Еске салу'))).not.toContain(true);
    expect(desk.deliveries().map(({ state }) => state)).toContain('superseded');
  });

  it('asks nobody into a call whom its people have sent out meanwhile', async () => {
    const desk = await openDesk();
    await desk.withEmail(desk.cardio);
    const requestId = await desk.request({ status: 'accepted' });
    const ask = async (removedAt: string | null) => {
      const [id, at, { userId }] = [newId<string>(), desk.clock.instant(), desk.cardio];
      desk.raw
        .prepare(
          "insert into participant (id, request_id, user_id, type, invited_at, removed_at) values (?, ?, ?, 'consultant', ?, ?)",
        )
        .run(id, requestId, userId, at, removedAt);
      await desk.store.transaction((tx) =>
        noticeBook.tellInvited(tx, requestId, { key: id, userId }, { at, actorId: null }),
      );
      await desk.deliverer().deliverDue();
      return desk.email.sent.length;
    };
    expect(await ask(desk.clock.instant())).toBe(0);
    expect(await ask(null)).toBe(1);
  });

  it('tells of an unsigned conclusion at three rising limits, and the coordinator at the last', async () => {
    const desk = await openDesk();
    const id = await desk.request({ status: 'conclusion_draft' });
    desk.raw
      .prepare('update service_request set ended_at = ?, practitioner_id = ? where id = ?')
      .run(desk.clock.instant(), desk.world.cardio.practitionerId, id);
    const told = async () => (
      await desk.upkeep.tick(),
      [(await desk.kindsOf(desk.cardio)).length, (await desk.kindsOf(desk.coordinator)).length]
    );
    expect(await told()).toEqual([0, 0]);
    desk.clock.advance({ seconds: 4 * 3600 });
    expect(await told()).toEqual([1, 0]);
    desk.clock.advance({ seconds: 20 * 3600 });
    expect(await told()).toEqual([2, 0]);
    desk.clock.advance({ seconds: 48 * 3600 });
    expect(await told()).toEqual([3, 1]);
    expect(await told()).toEqual([3, 1]);
  });

  it('comes to rest: what was told, or has nobody to be told, is not looked for again and again', async () => {
    const desk = await openDesk();
    for (let index = 0; index < 25; index += 1) {
      const id = await desk.request({ status: 'conclusion_draft' });
      const by = index < 21 ? desk.world.cardio.practitionerId : null;
      desk.raw
        .prepare('update service_request set ended_at = ?, practitioner_id = ? where id = ?')
        .run(desk.clock.instant(), by, id);
    }
    desk.raw.prepare("update user set is_disabled = 1 where role = 'coordinator'").run();
    desk.clock.advance({ seconds: 4 * 3600 });
    let rounds = 0;
    while (await desk.upkeep.tick()) expect((rounds += 1)).toBeLessThan(5);
    expect(await desk.kindsOf(desk.cardio)).toHaveLength(21);
  });

  it('takes other times from the day they are entered for, and none for a day that has been', async () => {
    const desk = await openDesk();
    const seen = (await desk.notices.listRules()).inForce.reminder;
    await desk.notices.saveRule(desk.coordinator, {
      kind: 'reminder',
      effectiveFrom: MONDAY,
      minutes: [90, 90, 10],
      seen,
    });
    expect((await desk.notices.listRules()).inForce.reminder).toEqual([10, 90]);
    const past = desk.notices.saveRule(desk.admin, {
      kind: 'reminder',
      effectiveFrom: '2026-11-22' as typeof MONDAY,
      minutes: [60],
      seen: [10, 90],
    });
    await expect(past).rejects.toThrow(new DomainError('notice_rule.past'));
  });

  it('of two who change them from the same page refuses the second, who looks and saves again', async () => {
    const desk = await openDesk();
    const seen = (await desk.notices.listRules()).inForce.reminder;
    const save = (actor: typeof desk.admin, minutes: number[], from: readonly number[]) =>
      desk.notices.saveRule(actor, { kind: 'reminder', effectiveFrom: MONDAY, minutes, seen: from });
    await save(desk.coordinator, [90, 10], seen);
    await expect(save(desk.admin, [60], seen)).rejects.toThrow(new DomainError('notice_rule.changed'));
    expect((await desk.notices.listRules()).inForce.reminder).toEqual([10, 90]);
    // The same once more, after an answer that was lost, is no quarrel; nor is what was looked at.
    await save(desk.coordinator, [10, 90], seen);
    await save(desk.admin, [60], [90, 10]);
    expect((await desk.notices.listRules()).inForce.reminder).toEqual([60]);
  });

  it('of one person’s contacts in two windows refuses what the second would write over', async () => {
    const desk = await openDesk();
    const save = (contacts: { email: string; phone: string }, seen = NOWHERE) =>
      desk.notices.saveContacts(desk.feldsher, { ...contacts, seen });
    const first = { email: 'fap@example.kz', phone: '' };
    await save(first);
    await expect(save({ email: '', phone: '+77000000001' })).rejects.toThrow(
      new DomainError('notice_contacts.changed'),
    );
    await save(first);
    await save({ ...first, phone: '+77000000001' }, first);
    expect((await desk.notices.getContacts(desk.feldsher)).contacts).toMatchObject({
      email: 'fap@example.kz',
      phone: '+77000000001',
    });
  });
});

describe('delivery', () => {
  it('sends no name of a patient and nothing clinical, in the language of the reader', async () => {
    const desk = await openDesk();
    await desk.withEmail();
    await desk.book(TUESDAY, '09:00');
    desk.settle();
    await desk.deliverer().deliverDue();
    const [message] = desk.email.sent;
    expect(message).toMatchObject({
      to: 'fap@example.kz',
      subject: 'Jaqyn: Консультация белгіленді: 24.11.2026 09:00',
    });
    for (const { family_name: family } of desk.rows<{ family_name: string }>('select family_name from patient')) {
      expect(message?.text).not.toContain(family);
    }
    expect(message?.text).not.toContain('Жүрегі');
  });

  it('never lets two deliverers have the same row while the lease lasts', async () => {
    const desk = await openDesk();
    await desk.withEmail();
    await desk.book(TUESDAY, '09:00');
    desk.settle();
    // The second looks while the first is still sending.
    desk.email.meanwhile = async () => {
      desk.email.meanwhile = () => Promise.resolve();
      await desk.deliverer().deliverDue();
    };
    await Promise.all([desk.deliverer().deliverDue(), desk.deliverer().deliverDue()]);
    expect(desk.email.sent).toHaveLength(1);
    expect(desk.deliveries()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('sends again what a deliverer died with, under the same id, when the lease has run out', async () => {
    const desk = await openDesk();
    await desk.withEmail();
    await desk.book(TUESDAY, '09:00');
    desk.settle();
    // Dies between the sending and its note of it.
    const ids: string[] = [];
    void desk
      .deliverer({
        email: Object.assign(new Outbox(), {
          send: ({ id }: OutgoingMessage) => (ids.push(id), new Promise<void>(() => undefined)),
        }),
      })
      .deliverDue();
    await expect.poll(() => ids.length).toBe(1);
    await desk.deliverer().deliverDue();
    expect(desk.email.sent).toEqual([]);
    desk.clock.advance({ seconds: LEASE_SECONDS + 1 });
    await desk.deliverer().deliverDue();
    expect(desk.email.sent.map(({ id }) => id)).toEqual(ids);
  });

  it('tries again later and later, buries it in the end, keeps no address, and lives again when told so', async () => {
    const desk = await openDesk();
    await desk.withEmail();
    desk.raw.exec('update practitioner set is_available = is_available');
    await desk.book('2026-11-30' as typeof MONDAY, '09:00');
    desk.settle();
    desk.email.isRefusing = true;
    const waits: number[] = [];
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      await desk.deliverer().deliverDue();
      const [row] = desk.deliveries();
      expect(row).toMatchObject({ state: 'pending', attempts: attempt, last_error: '550 no such user …' });
      const wait = (Date.parse(row?.next_at ?? '') - desk.clock.now().getTime()) / 1000;
      waits.push(wait);
      desk.clock.advance({ seconds: wait });
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
    await desk.deliverer().deliverDue();
    expect(desk.deliveries()).toMatchObject([{ state: 'dead', attempts: MAX_ATTEMPTS }]);

    const filter = { q: '', offset: 0, limit: 10, state: 'dead' } as const;
    const { deliveries, total } = await desk.notices.listDeliveries(desk.coordinator, filter);
    expect([total, deliveries[0]?.recipient.id]).toEqual([1, desk.feldsher.userId]);
    desk.email.isRefusing = false;
    const dead = deliveries[0]?.id;
    if (dead === undefined) throw new Error('nothing is dead');
    // To a coordinator of another oblast it is not there at all.
    desk.raw.exec(`insert into coordinator_region values ('${desk.coordinator.userId}', 'zhambyl')`);
    await expect(desk.notices.retry(desk.coordinator, dead)).rejects.toThrow('delivery.not_found');
    desk.raw.exec('delete from coordinator_region');
    await desk.notices.retry(desk.coordinator, dead);
    await expect(desk.notices.retry(desk.coordinator, dead)).rejects.toThrow('delivery.not_dead');
    await desk.deliverer().deliverDue();
    expect(desk.email.sent).toHaveLength(1);
  });

  it('buries at once what has no way out here', async () => {
    const desk = await openDesk();
    await desk.notices.saveContacts(desk.feldsher, { email: '', phone: '+77000000001', seen: NOWHERE });
    await desk.book(TUESDAY, '09:00');
    desk.settle();
    await desk.deliverer().deliverDue();
    expect(desk.deliveries()).toMatchObject([{ channel: 'sms', state: 'dead', last_error: 'channel_off' }]);
  });

  it('rings the bell, counts the unread, and marks only one’s own as read', async () => {
    const desk = await openDesk();
    await desk.book(TUESDAY, '09:00');
    desk.settle();
    const rung: string[] = [];
    desk.bus.on('notice:arrived', ({ userId }) => void rung.push(userId));
    await desk.deliverer().deliverDue();
    await expect.poll(() => rung).toContain(desk.cardio.userId);
    const { notices, unread } = await desk.notices.list(desk.cardio, { limit: 10 });
    expect(unread).toBe(1);
    const ids = notices.map(({ id }) => id);
    await desk.notices.markRead(desk.feldsher, { ids, allUntil: null });
    expect((await desk.notices.list(desk.cardio, { limit: 10 })).unread).toBe(1);
    expect(await desk.notices.markRead(desk.cardio, { ids: [], allUntil: desk.clock.instant() })).toEqual({
      unread: 0,
    });
  });
});

describe('the ways out', () => {
  const message: OutgoingMessage = {
    id: 'd1',
    to: 'fap@example.kz',
    language: 'kk',
    subject: 'Jaqyn: Қорытындыға қол қойылды',
    text: 'Сұрау № 2026-000001 "тырнақша"',
  };

  it('hands e-mail to a real SMTP server, with an id that stays the same', async () => {
    const received: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => void text(stream).then((mail) => (received.push(mail), done()), done),
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('nobody') ? new Error('no such user') : undefined),
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const { port } = server.server.address() as AddressInfo;
    const channel = new EmailChannel({ url: `smtp://127.0.0.1:${port}`, from: 'Jaqyn <no-reply@example.kz>' });
    await channel.send(message);
    expect(received[0]).toMatch(/message-id: <d1@example\.kz>/i);
    expect(received[0]).toMatch(/to: fap@example\.kz/i);
    await expect(channel.send({ ...message, to: 'nobody@example.kz' })).rejects.toThrow('no such user');
    expect(received).toHaveLength(1);
  });

  it('posts SMS to a real HTTP gateway as it wants them', async () => {
    const received: { body: unknown; key: unknown; authorization: unknown }[] = [];
    const server = createServer((request, response) => {
      void text(request).then((sent) => {
        const body = JSON.parse(sent) as unknown;
        const { 'idempotency-key': key, authorization } = request.headers;
        received.push({ body, key, authorization });
        response.writeHead(received.length === 1 ? 200 : 503).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
    const channel = new SmsChannel({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
      body: '{"recipient":"{to}","message":{"text":"{text}","ref":"{id}"}}',
      authorization: 'Bearer token',
    });
    await channel.send({ ...message, to: '+77000000001' });
    expect(received[0]).toEqual({
      body: { recipient: '+77000000001', message: { text: message.text, ref: 'd1' } },
      key: 'd1',
      authorization: 'Bearer token',
    });
    await expect(channel.send(message)).rejects.toThrow('the gateway answered 503');
  });
});
