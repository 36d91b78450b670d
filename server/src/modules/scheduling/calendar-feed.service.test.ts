import type { FeedId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, it } from 'vitest';
import { createScheduleDesk, newHoldId, TUESDAY } from '../../../test/schedule-desk.ts';
import { newId } from '../../kernel/ids.ts';

const refusal = (code: string) => expect.objectContaining({ code });

describe('a calendar feed', () => {
  it('shows appointments and nothing of the patient, until it is revoked', async () => {
    const desk = await createScheduleDesk();
    await desk.book(TUESDAY, '09:20');
    await desk.bookings.hold(desk.feldsher, newHoldId(), desk.slot(TUESDAY, '10:00'));
    const mine = desk.world.cardio.practitionerId;
    const input = { id: newId<FeedId>(), label: 'Телефон' };
    const { path, feed } = await desk.feeds.create(desk.cardio, mine, input);
    const token = path?.replace('/api/calendar/', '').replace('.ics', '') ?? '';
    expect(token.length).toBeGreaterThanOrEqual(43);
    // The secret is nowhere in the database, and not told again.
    expect(JSON.stringify(desk.rows('select * from calendar_feed'))).not.toContain(token);
    await expect(desk.feeds.create(desk.cardio, mine, input)).resolves.toEqual({ feed, path: null });

    const text = await desk.feeds.read(token, 'kk');
    expect(text).toContain('BEGIN:VCALENDAR');
    expect(text).toContain('DTSTART:20261124T042000Z');
    expect(text).toContain('SUMMARY:Консультация: Құлан ФАП');
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    for (const secret of ['Жақсыбекова', 'Гүлсім', '1958']) expect(text).not.toContain(secret);
    await expect(desk.feeds.list(desk.cardio, mine)).resolves.toMatchObject([
      { lastReadAt: '2026-11-23T04:00:00.000Z' },
    ]);

    await desk.feeds.revoke(desk.cardio, mine, feed.id);
    await desk.feeds.revoke(desk.cardio, mine, feed.id);
    await expect(desk.feeds.read(token, 'kk')).rejects.toEqual(refusal('feed.not_found'));
    await expect(desk.feeds.read('no-such-token', 'kk')).rejects.toEqual(refusal('feed.not_found'));
  });

  it('is the specialist’s own, or their coordinator’s', async () => {
    const desk = await createScheduleDesk();
    const mine = desk.world.cardio.practitionerId;
    for (const actor of [desk.feldsher, desk.world.neuro.actor, desk.admin]) {
      await expect(desk.feeds.create(actor, mine, { id: newId<FeedId>(), label: 'x' })).rejects.toEqual(
        refusal('practitioner.not_found'),
      );
    }
    const { feed } = await desk.feeds.create(desk.coordinator, mine, { id: newId<FeedId>(), label: 'x' });
    await expect(desk.feeds.revoke(desk.coordinator, desk.world.neuro.practitionerId, feed.id)).rejects.toEqual(
      refusal('feed.not_found'),
    );
  });
});
