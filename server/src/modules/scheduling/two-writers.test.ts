import type { PractitionerId, RosterEntryId, ServiceCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import { addDays } from '@jaqyn/shared/scheduling/local-day';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { describe, expect, it } from 'vitest';
import { createScheduleDesk, MONDAY, operationId, TUESDAY } from '../../../test/schedule-desk.ts';
import type { Actor } from '../../kernel/actor.ts';
import { newId } from '../../kernel/ids.ts';

const WEDNESDAY = addDays(TUESDAY, 1);

// Two people with the same page open: the second is refused and told, and what the first has saved stands.

describe('two who change one', () => {
  it('service: the second is refused until they have looked', async () => {
    const desk = await createScheduleDesk();
    const read = async () =>
      (await desk.healthcareServices.list()).find(({ code }) => code === 'cardiology-video') as HealthcareService;
    const seen = await read();
    const save = (actor: Actor, changes: Partial<HealthcareService>, base: HealthcareService | null) => {
      const { code, ...service } = { ...seen, ...changes };
      return desk.healthcareServices.save(actor, code, { ...service, seen: base });
    };
    await save(desk.coordinator, { slotMinutes: 30 }, seen);
    await expect(save(desk.admin, { retiredFrom: WEDNESDAY }, seen)).rejects.toMatchObject({ code: 'service.changed' });
    expect(await read()).toEqual({ ...seen, slotMinutes: 30 });
    // The answer that was lost and is asked for again is no quarrel; nor is a change of what was looked at.
    await save(desk.coordinator, { slotMinutes: 30 }, seen);
    await save(desk.admin, { slotMinutes: 30, retiredFrom: WEDNESDAY }, await read());
    expect(await read()).toEqual({ ...seen, slotMinutes: 30, retiredFrom: WEDNESDAY });
  });

  it('service that is new to both: the code is taken', async () => {
    const desk = await createScheduleDesk();
    const [{ code: _code, ...like }] = (await desk.healthcareServices.list()) as [HealthcareService];
    const add = (slotMinutes: number) =>
      desk.healthcareServices.save(desk.admin, 'cardiology-plan' as ServiceCode, { ...like, slotMinutes, seen: null });
    await add(15);
    await expect(add(45)).rejects.toMatchObject({ code: 'service.changed' });
    await add(15);
  });

  it('station’s equipment: in whatever order it was pressed', async () => {
    const desk = await createScheduleDesk();
    const { station } = desk.world;
    const seen = await desk.kits.getKit(desk.admin, station);
    await desk.kits.saveKit(desk.admin, station, { cameras: 2, equipment: ['ecg', 'otoscope'], seen });
    await expect(
      desk.kits.saveKit(desk.coordinator, station, { cameras: 1, equipment: ['glucometer'], seen }),
    ).rejects.toMatchObject({ code: 'station.kit_changed' });
    expect(await desk.kits.getKit(desk.admin, station)).toEqual({ cameras: 2, equipment: ['ecg', 'otoscope'] });
    await desk.kits.saveKit(desk.admin, station, { cameras: 2, equipment: ['otoscope', 'ecg'], seen });
    await desk.kits.saveKit(desk.coordinator, station, {
      cameras: 1,
      equipment: [],
      seen: { cameras: 2, equipment: ['ecg', 'otoscope'] },
    });
    expect(await desk.kits.getKit(desk.admin, station)).toEqual({ cameras: 1, equipment: [] });
  });

  it('specialist’s languages: the coordinator and the specialist', async () => {
    const desk = await createScheduleDesk();
    const { practitionerId } = desk.world.cardio;
    const save = (actor: Actor, languages: ('kk' | 'ru' | 'en')[], seen: ('kk' | 'ru' | 'en')[]) =>
      desk.kits.saveLanguages(actor, practitionerId, { languages, seen });
    await save(desk.cardio, ['ru', 'kk'], []);
    await expect(save(desk.coordinator, ['en'], [])).rejects.toMatchObject({
      code: 'practitioner.languages_changed',
    });
    await save(desk.cardio, ['kk', 'ru'], []);
    expect(await save(desk.coordinator, ['kk', 'ru', 'en'], ['ru', 'kk'])).toEqual(['en', 'kk', 'ru']);
  });

  it('day by order: neither is it written over, nor taken back, nor entered a second time unseen', async () => {
    const desk = await createScheduleDesk();
    const order = {
      kind: 'day_off' as const,
      name: { kk: 'а', ru: 'а', en: 'a' },
      worksAs: null,
      source: '№ 1',
    };
    const save = (source: string, seenAt: Instant | null) =>
      desk.specialDays.save(desk.admin, WEDNESDAY, { ...order, source, seenAt });
    const first = await save('№ 1', null);
    await expect(save('№ 2', null)).rejects.toMatchObject({ code: 'special_day.changed' });
    expect(await save('№ 1', null)).toEqual(first);

    desk.clock.advance({ seconds: 1 });
    const second = await save('№ 2', first.enteredAt);
    expect(second).toMatchObject({ source: '№ 2', isByOrder: true, enteredByName: expect.any(String) });
    await expect(save('№ 3', first.enteredAt)).rejects.toMatchObject({ code: 'special_day.changed' });
    const drop = (seenAt: Instant | null) =>
      desk.specialDays.delete(desk.admin, WEDNESDAY, { seenAt: seenAt as Instant });
    await expect(drop(first.enteredAt)).rejects.toMatchObject({ code: 'special_day.changed' });
    expect(await desk.specialDays.list(WEDNESDAY, WEDNESDAY)).toEqual([second]);
    await drop(second.enteredAt);
    await drop(second.enteredAt);
    // What was taken back meanwhile is not brought back by who still sees it.
    await expect(save('№ 3', second.enteredAt)).rejects.toMatchObject({ code: 'special_day.changed' });
    expect(await desk.specialDays.list(WEDNESDAY, WEDNESDAY)).toEqual([]);
  });

  it('window: who ended or replaced it first is not undone by who has not seen it', async () => {
    const desk = await createScheduleDesk();
    const who: PractitionerId = desk.world.cardio.practitionerId;
    const { id: _id, practitionerId: _who, ...template } = desk.template;
    const { id } = desk.template;
    const seen = desk.template.validTo;
    const end = (lastDay: CalendarDate, seenValidTo: CalendarDate | null) =>
      desk.rosters.endTemplate(desk.coordinator, who, id, {
        operationId: operationId(),
        lastDay,
        seenValidTo,
        decisions: [],
      });
    const replace = (seenValidTo: CalendarDate | null) =>
      desk.rosters.saveTemplate(desk.coordinator, who, {
        operationId: operationId(),
        id: newId<RosterEntryId>(),
        // In the evening: nothing that it would overlap with tells of the other.
        template: {
          ...template,
          weekdays: [...template.weekdays],
          startMinute: 1000,
          endMinute: 1100,
          validFrom: addDays(MONDAY, 2),
        },
        replaces: id,
        seenValidTo,
        decisions: [],
      });
    const last = () => desk.rows<{ valid_to: string }>('select valid_to from roster_template where id = ?', id);
    await end(addDays(MONDAY, 10), seen);
    await expect(end(TUESDAY, seen)).rejects.toMatchObject({ code: 'roster.changed' });
    await expect(replace(seen)).rejects.toMatchObject({ code: 'roster.changed' });
    expect(last()).toEqual([{ valid_to: addDays(MONDAY, 10) }]);
    await replace(addDays(MONDAY, 10));
    expect(last()).toEqual([{ valid_to: TUESDAY }]);
  });
});
