import type { Store } from '../src/db/store.ts';
import {
  createOrganization,
  createPatient,
  createShift,
  createSpecialist,
  createSpecialty,
  createStation,
  createUser,
} from './factories.ts';

export type World = Awaited<ReturnType<typeof createWorld>>;

/**
 * Two stations, two specialties, every role. Cardiology has a ladder of two rungs: `cardio` and `cardioTwin` ring first,
 * `cardioBackup` second. `neuro` is the only neurologist and not on call.
 */
export async function createWorld(store: Store) {
  const hospital = await createOrganization(store);
  const station = await createStation(store, hospital, 'Құлан');
  const otherStation = await createStation(store, hospital, 'Мойынқұм');
  const cardiology = await createSpecialty(store, 'cardiology');
  const neurology = await createSpecialty(store, 'neurology');

  const cardio = await createSpecialist(store, {
    organizationId: hospital,
    specialty: cardiology,
    displayName: 'Ахметов Ерлан',
  });
  const cardioTwin = await createSpecialist(store, {
    organizationId: hospital,
    specialty: cardiology,
    displayName: 'Байжанова Сәуле',
  });
  const cardioBackup = await createSpecialist(store, {
    organizationId: hospital,
    specialty: cardiology,
    displayName: 'Дүйсенов Марат',
  });
  const neuro = await createSpecialist(store, {
    organizationId: hospital,
    specialty: neurology,
    displayName: 'Ким Ольга',
  });
  await createShift(store, cardio, { rank: 1 });
  await createShift(store, cardioTwin, { rank: 1 });
  await createShift(store, cardioBackup, { rank: 2 });

  return {
    hospital,
    station,
    otherStation,
    cardiology,
    neurology,
    cardio,
    cardioTwin,
    cardioBackup,
    neuro,
    feldsher: await createUser(store, { role: 'feldsher', stationId: station, displayName: 'Оспанова Айгерім' }),
    otherFeldsher: await createUser(store, { role: 'feldsher', stationId: otherStation }),
    coordinator: await createUser(store, { role: 'coordinator' }),
    admin: await createUser(store, { role: 'admin' }),
    analyst: await createUser(store, { role: 'analyst' }),
    patient: await createPatient(store, station),
    otherPatient: await createPatient(store, otherStation, { familyName: 'Сейітов', sex: 'male' }),
  };
}
