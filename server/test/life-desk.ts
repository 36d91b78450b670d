import type { URGENCIES } from '@jaqyn/shared/consultations/consultation.contract';
import type { ConsultationState } from '@jaqyn/shared/consultations/consultation.machine';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../src/db/open-database.ts';
import { createTestServices } from './build-services.ts';
import { type ConsultDesk, createConsultDesk } from './consult-desk.ts';
import { createDyingStore, type DyingStore } from './dying-store.ts';
import { newConsultation } from './factories.ts';
import type { Acknowledged } from './life-checks.ts';
import { LifeRooms } from './life-rooms.ts';
import { openRaw } from './raw-database.ts';
import { createTestStore } from './template-database.ts';

type Services = Awaited<ReturnType<typeof createTestServices>>;

/** The services of one process, the rooms on them, and what people were told is kept; a death leaves only the file. */
export type LifeDesk = Pick<ConsultDesk, 'world' | 'feldsher' | 'coordinator' | 'raw' | 'clock' | 'call'> &
  Omit<Services, 'store' | 'call'> & {
    readonly store: DyingStore;
    readonly rooms: LifeRooms;
    readonly said: Acknowledged[];
  };

export interface RequestRow {
  readonly id: RequestId;
  readonly status: ConsultationState;
  readonly version: number;
  readonly practitioner_id: string | null;
  readonly patient_id: string | null;
  readonly urgency: (typeof URGENCIES)[number];
  readonly ring_deadline: string | null;
  readonly paused_at: string | null;
  readonly asked_from: string | null;
}

export async function openDesk(): Promise<LifeDesk> {
  const store = createDyingStore(await createTestStore());
  const desk = await createConsultDesk({ store });
  return { ...desk, store, rooms: new LifeRooms(desk), said: [] };
}

/** Another process on the same file, as after a stop or a death; memory is gone, what was typed and stored is not. */
export async function startAgain(before: LifeDesk): Promise<LifeDesk> {
  const { world, feldsher, coordinator, clock, said } = before;
  before.rooms.die();
  const { path } = before.store;
  const opened = await openDatabase({ path });
  onTestFinished(() => opened.close());
  const store = createDyingStore(Object.assign(opened, { path }));
  // A machine takes its time.
  clock.advance({ seconds: 61 });
  const services = await createTestServices({ store, clock });
  const rooms = new LifeRooms(services);
  await rooms.look();
  await services.calling.escalateDue();
  await services.calling.settleInterrupted();
  await rooms.interruptLeft();
  const call = async () => {
    const request = newConsultation({ specialty: world.cardiology, patientId: world.patient });
    await services.consultations.createConsultation(feldsher, request);
    return request.id;
  };
  return { ...services, store, rooms, world, feldsher, coordinator, said, raw: openRaw(store), call };
}
