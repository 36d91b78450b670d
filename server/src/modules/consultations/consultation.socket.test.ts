import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import { describe, expect, test } from 'vitest';
import { createConsultDesk } from '../../../test/consult-desk.ts';
import { newMessageId } from '../../../test/factories.ts';
import { EventBus } from '../../kernel/event-bus.ts';
import { createLogger } from '../../kernel/logger.ts';
import { groupOf, type Notifier } from '../../realtime/notifier.ts';
import type { ConsultationService } from './consultation.service.ts';
import { tellConsultations } from './consultation.socket.ts';

interface Told {
  readonly name: string;
  readonly data: unknown;
  readonly groups: string[];
}

function createNotifier() {
  const told: Told[] = [];
  const notifier: Notifier = {
    notify: (targets, name, data) => void told.push({ name, data, groups: targets.map(groupOf).sort() }),
  };
  return { told, notifier };
}

async function createTellingDesk() {
  const desk = await createConsultDesk();
  const { told, notifier } = createNotifier();
  tellConsultations({ bus: desk.bus, notifier, consultations: desk.consultations });
  return {
    ...desk,
    take: async () => {
      // The notice of a ring reads the database first; that is a few turns of the loop.
      for (let turn = 0; turn < 10; turn += 1) await desk.takePublished();
      return told.splice(0);
    },
  };
}

describe('who is told', () => {
  test('a new call: the station, coordinators, the specialty; and it rings at the first rung', async () => {
    const desk = await createTellingDesk();
    const id = await desk.call();
    const told = await desk.take();
    expect(told.map(({ name }) => name).sort()).toEqual(['consultation:changed', 'ring:started']);
    expect(told.find(({ name }) => name === 'consultation:changed')).toEqual({
      name: 'consultation:changed',
      data: { requestId: id, status: 'ringing', version: 2 },
      groups: [`role:coordinator`, `specialty:cardiology`, `stationId:${desk.world.station}`].sort(),
    });
    expect(told.find(({ name }) => name === 'ring:started')).toMatchObject({
      data: { requestId: id, urgency: 'stat' },
      groups: [`userId:${desk.cardio.userId}`, `userId:${desk.cardioTwin.userId}`].sort(),
    });
  });

  test('an answer: also the specialist who has it; the ring stops wherever it rang', async () => {
    const desk = await createTellingDesk();
    const id = await desk.call();
    await desk.take();
    await desk.calling.answer(desk.cardio, id);
    const told = await desk.take();
    expect(told.find(({ name }) => name === 'ring:stopped')).toEqual({
      name: 'ring:stopped',
      data: { requestId: id, why: 'answered' },
      groups: [`userId:${desk.cardio.userId}`, `userId:${desk.cardioTwin.userId}`].sort(),
    });
    expect(told.find(({ name }) => name === 'consultation:changed')?.groups).toContain(
      `practitionerId:${desk.world.cardio.practitionerId}`,
    );
  });

  test('a message: the two sides and nobody else', async () => {
    const desk = await createTellingDesk();
    const id = await desk.callAndAnswer();
    await desk.take();
    const message = await desk.chat.sendMessage(desk.feldsher, id, newMessageId(), 'сөз');
    expect(await desk.take()).toEqual([
      {
        name: 'chat:received',
        data: { message },
        groups: [`practitionerId:${desk.world.cardio.practitionerId}`, `stationId:${desk.world.station}`].sort(),
      },
    ]);
  });
});

describe('a ring that stops while its start is still being told', () => {
  const requestId = '019aa6b0-9c1e-7d3a-8f00-0123456789ab' as RequestId;
  const userIds = ['019aa6b0-9c1e-7d3a-8f00-0123456789ac' as UserId];
  type Notice = Awaited<ReturnType<ConsultationService['getRingNotice']>>;
  const notice = { requestId } as Notice;

  function createSlow() {
    const { told, notifier } = createNotifier();
    const bus = new EventBus(createLogger({ level: 'silent', pretty: false }));
    const reads: PromiseWithResolvers<Notice>[] = [];
    const getRingNotice = () => {
      const read = Promise.withResolvers<Notice>();
      reads.push(read);
      return read.promise;
    };
    tellConsultations({ bus, notifier, consultations: { getRingNotice } });
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    return { bus, told, reads, settle, names: () => told.map(({ name }) => name) };
  }

  test('is silent in the end: the start is never told after the stop', async () => {
    const { bus, reads, settle, names } = createSlow();
    bus.publish('ring:started', { requestId, userIds });
    bus.publish('ring:stopped', { requestId, userIds, why: 'answered' });
    await settle();
    reads[0]?.resolve(notice);
    await settle();
    expect(names()).toEqual(['ring:started', 'ring:stopped']);
  });

  test('stops also when its start could not be read', async () => {
    const { bus, reads, settle, names } = createSlow();
    bus.publish('ring:started', { requestId, userIds });
    bus.publish('ring:stopped', { requestId, userIds, why: 'cancelled' });
    await settle();
    reads[0]?.reject(new Error('planted'));
    await settle();
    expect(names()).toEqual(['ring:stopped']);
  });

  test('does not keep another request’s ring waiting', async () => {
    const { bus, settle, names } = createSlow();
    const other = '019aa6b0-9c1e-7d3a-8f00-0123456789ad' as RequestId;
    bus.publish('ring:started', { requestId, userIds });
    bus.publish('ring:stopped', { requestId: other, userIds, why: 'cancelled' });
    await settle();
    expect(names()).toEqual(['ring:stopped']);
  });

  test('nothing rings when it was over before the database was read', async () => {
    const { bus, reads, settle, names } = createSlow();
    bus.publish('ring:started', { requestId, userIds });
    await settle();
    reads[0]?.resolve(undefined);
    await settle();
    expect(names()).toEqual([]);
  });
});
