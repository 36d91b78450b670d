import path from 'node:path';
import { type DomainEvents, EventBus } from '../src/kernel/event-bus.ts';
import { createLogger } from '../src/kernel/logger.ts';
import { createAttachments } from '../src/modules/attachments/attachments.ts';
import type { FileChecker } from '../src/modules/attachments/file-checker.ts';
import { AuthService } from '../src/modules/auth/auth.service.ts';
import { ConsentService } from '../src/modules/consents/consent.service.ts';
import { BookedRequestService } from '../src/modules/consultations/booked-request.service.ts';
import { CallingService } from '../src/modules/consultations/calling.service.ts';
import { CarePlanService } from '../src/modules/consultations/care-plan.service.ts';
import { ChatService } from '../src/modules/consultations/chat.service.ts';
import { ConclusionService } from '../src/modules/consultations/conclusion.service.ts';
import { ConclusionFilesService } from '../src/modules/consultations/conclusion-files.service.ts';
import type { ConclusionPrinter } from '../src/modules/consultations/conclusion-printer.ts';
import { ConclusionSigningService } from '../src/modules/consultations/conclusion-signing.service.ts';
import { ConclusionTemplateService } from '../src/modules/consultations/conclusion-template.service.ts';
import { ConsultTextService } from '../src/modules/consultations/consult-text.service.ts';
import { ConsultationLoader } from '../src/modules/consultations/consultation.loader.ts';
import { ConsultationService } from '../src/modules/consultations/consultation.service.ts';
import { ConsultationProgress } from '../src/modules/consultations/consultation-progress.ts';
import { CurtainService } from '../src/modules/consultations/curtain.service.ts';
import { ParticipantService } from '../src/modules/consultations/participant.service.ts';
import { PatientRequestsService } from '../src/modules/consultations/patient-requests.service.ts';
import { RequestCardService } from '../src/modules/consultations/request-card.service.ts';
import { RequestCardWriter } from '../src/modules/consultations/request-card-writer.ts';
import { TriageService } from '../src/modules/consultations/triage.service.ts';
import { WaitingLimitService } from '../src/modules/consultations/waiting-limit.service.ts';
import { EvidenceService } from '../src/modules/evidence/evidence.service.ts';
import { PatientConfirmationService } from '../src/modules/evidence/patient-confirmation.service.ts';
import { LadderService } from '../src/modules/ladders/ladder.service.ts';
import { LinkCheckService } from '../src/modules/link-checks/link-check.service.ts';
import { LinkSampleService } from '../src/modules/link-samples/link-sample.service.ts';
import { DuplicateService } from '../src/modules/patients/duplicate.service.ts';
import { PatientService } from '../src/modules/patients/patient.service.ts';
import { PatientMergeService } from '../src/modules/patients/patient-merge.service.ts';
import { ProtocolService } from '../src/modules/protocols/protocol.service.ts';
import { PatientAppointmentsService } from '../src/modules/scheduling/patient-appointments.service.ts';
import { createScheduling } from '../src/modules/scheduling/scheduling.ts';
import { createSigner } from '../src/modules/signatures/create-signer.ts';
import { SignatureService } from '../src/modules/signatures/signature.service.ts';
import type { Signer } from '../src/modules/signatures/signer.ts';
import { StaffService } from '../src/modules/staff/staff.service.ts';
import { StationService } from '../src/modules/stations/station.service.ts';
import { CodeListService } from '../src/modules/terminologies/code-list.service.ts';
import { TerminologyService } from '../src/modules/terminologies/terminology.service.ts';
import { DiskFileStore } from '../src/storage/file-store.ts';
import { FakeClock } from './fake-clock.ts';
import { createTestFolder, createTestStore, type TestStore } from './template-database.ts';

export type Published = { [Name in keyof DomainEvents]: [name: Name, payload: DomainEvents[Name]] }[keyof DomainEvents];

const EVENT_NAMES = [
  'session:ended',
  'consultation:changed',
  'ring:started',
  'ring:stopped',
  'attachment:changed',
  'chat:sent',
  'participants:changed',
  'schedule:changed',
  'waitlist:changed',
] as const satisfies (keyof DomainEvents)[];

/** Seconds a rung rings in tests. */
export const RING_SECONDS = 45;

interface TestOptions {
  readonly store?: TestStore;
  readonly clock?: FakeClock;
  readonly signer?: Signer;
  /** The real one, where a test looks at pages. */
  readonly printer?: Pick<ConclusionPrinter, 'print'>;
  /** How files of consultations are kept. */
  readonly files?: { readonly floorBytes?: number; readonly checker?: FileChecker };
}

/** Pages without layout: most tests sign and none of those look at a page. The same bytes for the same job, as the real one. */
const plainPrinter: Pick<ConclusionPrinter, 'print'> = {
  print: async (job) => Buffer.from(JSON.stringify(job)),
};

/** The services of the consult on a real store, without HTTP, sockets, media or a ticking clock. */
export async function createTestServices(options: TestOptions = {}) {
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
  const duplicates = new DuplicateService({ store, clock, patients });
  const protocols = new ProtocolService({ store, clock });
  const consents = new ConsentService({ store, clock });
  const cardWriter = new RequestCardWriter({ protocols, consents });
  const patientRequests = new PatientRequestsService({ store, clock, patients });
  const merges = new PatientMergeService({
    store,
    clock,
    holders: [patientRequests, new PatientAppointmentsService()],
  });
  const ladders = new LadderService({ store, clock, staff, presence, ringSeconds: RING_SECONDS });
  const progress = new ConsultationProgress({ clock, presence, ladders });
  const loader = new ConsultationLoader({ patients, presence, progress });
  const curtains = new CurtainService({ store, clock, loader });
  const calling = new CallingService({ store, clock, bus, ladders, loader });
  const triage = new TriageService({ clock, calling, loader, staff, presence });
  const limits = new WaitingLimitService({ store, clock });
  const terminologies = new TerminologyService({ store, clock });
  const consultations = new ConsultationService({
    store,
    clock,
    patients,
    staff,
    calling,
    loader,
    terminologies,
    cards: cardWriter,
  });
  const cards = new RequestCardService({ store, clock, calling, loader, writer: cardWriter, consents, terminologies });
  const folder = createTestFolder();
  const keyFolder = path.join(folder, 'keys');
  const { signer } = await createSigner(
    { method: 'local', folder: keyFolder, passphrase: undefined },
    { store, clock },
  );
  const documents = new DiskFileStore(path.join(folder, 'documents'));
  const signatures = new SignatureService({ store, clock, signer: options.signer ?? signer, files: documents });
  const publicOrigin = 'https://jaqyn.test';
  const files = createAttachments({ store, clock, bus, loader, dataDir: folder, floorBytes: 0, ...options.files });
  const evidence = new EvidenceService({ store, clock, loader });
  const confirmations = new PatientConfirmationService({ store, clock, loader });
  const linkSamples = new LinkSampleService({ store, clock, loader });
  const linkChecks = new LinkCheckService({ store, clock });
  const codeLists = new CodeListService({ store, clock });
  const conclusionTemplates = new ConclusionTemplateService({ store, clock });
  const conclusions = new ConclusionService({ store, clock, calling, loader });
  const signing = new ConclusionSigningService({
    store,
    clock,
    auth,
    staff,
    terminologies,
    consents,
    calling,
    loader,
    signatures,
    printer: options.printer ?? plainPrinter,
    evidence,
    files: files.attachments,
    publicOrigin,
  });
  const conclusionFiles = new ConclusionFilesService({
    store,
    clock,
    loader,
    signatures,
    printer: options.printer ?? plainPrinter,
    evidence,
    publicOrigin,
  });
  const carePlans = new CarePlanService({ store, clock, calling, loader });
  const texts = new ConsultTextService({ store, clock });
  const chat = new ChatService({ store, clock, calling, loader });
  const participants = new ParticipantService({ store, clock, calling, loader, presence });

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
    duplicates,
    merges,
    protocols,
    consents,
    cards,
    patientRequests,
    ladders,
    triage,
    limits,
    calling,
    consultations,
    conclusions,
    signing,
    carePlans,
    texts,
    terminologies,
    codeLists,
    conclusionTemplates,
    conclusionFiles,
    evidence,
    confirmations,
    linkSamples,
    linkChecks,
    signatures,
    signer,
    documents,
    folder,
    files,
    chat,
    participants,
    curtains,
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
