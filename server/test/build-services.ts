import { type DomainEvents, EventBus } from '../src/kernel/event-bus.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { AuthService } from '../src/modules/auth/auth.service.ts';
import { BookedRequestService } from '../src/modules/consultations/booked-request.service.ts';
import { CallingService } from '../src/modules/consultations/calling.service.ts';
import { ChatService } from '../src/modules/consultations/chat.service.ts';
import { ConclusionService } from '../src/modules/consultations/conclusion.service.ts';
import { ConsultationLoader } from '../src/modules/consultations/consultation.loader.ts';
import { ConsultationService } from '../src/modules/consultations/consultation.service.ts';
import { PatientService } from '../src/modules/patients/patient.service.ts';
import { createScheduling } from '../src/modules/scheduling/scheduling.ts';
import { StaffService } from '../src/modules/staff/staff.service.ts';
import { StationService } from '../src/modules/stations/station.service.ts';
import { FakeClock } from './fake-clock.ts';
import { createTestStore, type TestStore } from './template-database.ts';

export type Published = { [Name in keyof DomainEvents]: [name: Name, payload: DomainEvents[Name]] }[keyof DomainEvents];

const EVENT_NAMES = [
  'session:ended',
  'consultation:changed',
  'ring:started',
  'ring:stopped',
  'chat:sent',
  'schedule:changed',
  'waitlist:changed',
] as const satisfies (keyof DomainEvents)[];

/** Seconds a rung rings in tests. */
export const RING_SECONDS = 45;

/** The services of the consult on a real store, without HTTP, sockets, media or a ticking clock. */
export async function createTestServices(options: { store?: TestStore; clock?: FakeClock } = {}) {
  const { clock = new FakeClock() } = options;
  const store = options.store ?? (await createTestStore());
  const bus = new EventBus(createLogger({ level: 'silent', pretty: false }));
  const published: Published[] = [];
  for (const name of EVENT_NAMES) bus.on(name, (payload) => void published.push([name, payload] as Published));
  const online = new Set<string>();
  const presence = { isOnline: (userId: string) => online.has(userId) };

  const auth = new AuthService({ store, clock, bus, sessionHours: 12 });
  const stations = new StationService({ store });
  const staff = new StaffService({ store, clock, presence });
  const patients = new PatientService({ store, clock });
  const loader = new ConsultationLoader({ patients, presence });
  const calling = new CallingService({ store, clock, bus, staff, loader, ringSeconds: RING_SECONDS });
  const consultations = new ConsultationService({ store, clock, patients, staff, calling, loader });
  const conclusions = new ConclusionService({ store, clock, auth, calling, loader });
  const chat = new ChatService({ store, clock, calling, loader });

  const requests = new BookedRequestService();
  const scheduling = createScheduling({ store, clock, bus, staff, presence, requests });

  return {
    store,
    clock,
    bus,
    auth,
    stations,
    staff,
    patients,
    calling,
    consultations,
    conclusions,
    chat,
    ...scheduling,
    /** Users with a live socket. */
    online,
    /** What was published since the last call. */
    takePublished: async (): Promise<Published[]> => {
      // Listeners run in microtasks after the publisher; a turn of the loop is after all of them.
      await new Promise((resolve) => setImmediate(resolve));
      return published.splice(0);
    },
  };
}
