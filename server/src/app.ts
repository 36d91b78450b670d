import path from 'node:path';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { checkDatabase } from './db/check-database.ts';
import type { Store } from './db/store.ts';
import { SESSION_COOKIE } from './http/access.ts';
import { createHttpServer } from './http/http-server.ts';
import { OriginList } from './http/origin.ts';
import type { Clock } from './kernel/clock.ts';
import { EventBus } from './kernel/event-bus.ts';
import type { Logger } from './kernel/logger.ts';
import { Metrics } from './kernel/metrics.ts';
import { createRelays } from './media/relay-credentials.ts';
import { startMedia } from './media/start-media.ts';
import { AttachmentClock } from './modules/attachments/attachment.clock.ts';
import { attachmentRoutes } from './modules/attachments/attachment.routes.ts';
import { attachmentHandlers, tellAttachments } from './modules/attachments/attachment.socket.ts';
import { createAttachments } from './modules/attachments/attachments.ts';
import type { FileChecker } from './modules/attachments/file-checker.ts';
import { auditRoutes } from './modules/audit/audit.routes.ts';
import { auditLog } from './modules/audit/audit-log.ts';
import { AuditReadingService } from './modules/audit/audit-reading.service.ts';
import { WitnessClock } from './modules/audit/witness.clock.ts';
import { authRoutes } from './modules/auth/auth.routes.ts';
import { AuthService } from './modules/auth/auth.service.ts';
import { SessionPurgeClock } from './modules/auth/session-purge.clock.ts';
import { consentRoutes } from './modules/consents/consent.routes.ts';
import { ConsentService } from './modules/consents/consent.service.ts';
import { BookedRequestService } from './modules/consultations/booked-request.service.ts';
import { CallPresence } from './modules/consultations/call-presence.ts';
import { CallingClock } from './modules/consultations/calling.clock.ts';
import { CallingService } from './modules/consultations/calling.service.ts';
import { carePlanRoutes } from './modules/consultations/care-plan.routes.ts';
import { CarePlanService } from './modules/consultations/care-plan.service.ts';
import { ChatService } from './modules/consultations/chat.service.ts';
import { conclusionRoutes } from './modules/consultations/conclusion.routes.ts';
import { ConclusionService } from './modules/consultations/conclusion.service.ts';
import { ConclusionFilesService } from './modules/consultations/conclusion-files.service.ts';
import { ConclusionPrinter } from './modules/consultations/conclusion-printer.ts';
import { ConclusionSigningService } from './modules/consultations/conclusion-signing.service.ts';
import { conclusionTemplateRoutes } from './modules/consultations/conclusion-template.routes.ts';
import { ConclusionTemplateService } from './modules/consultations/conclusion-template.service.ts';
import { ConsultTextClock } from './modules/consultations/consult-text.clock.ts';
import { consultTextRoutes } from './modules/consultations/consult-text.routes.ts';
import { ConsultTextService } from './modules/consultations/consult-text.service.ts';
import { ConsultationLoader } from './modules/consultations/consultation.loader.ts';
import { consultationRoutes } from './modules/consultations/consultation.routes.ts';
import { ConsultationService } from './modules/consultations/consultation.service.ts';
import { consultationHandlers, tellConsultations } from './modules/consultations/consultation.socket.ts';
import { ConsultationProgress } from './modules/consultations/consultation-progress.ts';
import { CurtainService } from './modules/consultations/curtain.service.ts';
import { participantRoutes } from './modules/consultations/participant.routes.ts';
import { ParticipantService } from './modules/consultations/participant.service.ts';
import { PatientRequestsService } from './modules/consultations/patient-requests.service.ts';
import { requestCardRoutes } from './modules/consultations/request-card.routes.ts';
import { RequestCardService } from './modules/consultations/request-card.service.ts';
import { RequestCardWriter } from './modules/consultations/request-card-writer.ts';
import { triageRoutes } from './modules/consultations/triage.routes.ts';
import { TriageService } from './modules/consultations/triage.service.ts';
import { WaitingLimitService } from './modules/consultations/waiting-limit.service.ts';
import { evidenceRoutes } from './modules/evidence/evidence.routes.ts';
import { EvidenceService } from './modules/evidence/evidence.service.ts';
import { EvidenceLimitService } from './modules/evidence/evidence-limit.service.ts';
import { EvidenceRecorder } from './modules/evidence/evidence-recorder.ts';
import { PatientConfirmationService } from './modules/evidence/patient-confirmation.service.ts';
import { ladderRoutes } from './modules/ladders/ladder.routes.ts';
import { LadderService } from './modules/ladders/ladder.service.ts';
import { linkCheckRoutes } from './modules/link-checks/link-check.routes.ts';
import { LinkCheckService } from './modules/link-checks/link-check.service.ts';
import { linkSampleRoutes } from './modules/link-samples/link-sample.routes.ts';
import { LinkSampleService } from './modules/link-samples/link-sample.service.ts';
import { linkSampleHandlers } from './modules/link-samples/link-sample.socket.ts';
import { LinkSampler } from './modules/link-samples/link-sampler.ts';
import { NoticeClock } from './modules/notices/notice.clock.ts';
import { noticeRoutes } from './modules/notices/notice.routes.ts';
import { tellNotices } from './modules/notices/notice.socket.ts';
import { createNotices } from './modules/notices/notices.ts';
import { DuplicateService } from './modules/patients/duplicate.service.ts';
import { patientRoutes } from './modules/patients/patient.routes.ts';
import { PatientService } from './modules/patients/patient.service.ts';
import { PatientMergeService } from './modules/patients/patient-merge.service.ts';
import { protocolRoutes } from './modules/protocols/protocol.routes.ts';
import { ProtocolService } from './modules/protocols/protocol.service.ts';
import { examinationHandlers } from './modules/rooms/examination.socket.ts';
import { RoomRegistry } from './modules/rooms/room-registry.ts';
import { connectRooms, roomHandlers } from './modules/rooms/rooms.socket.ts';
import { describeSeated, describeSides } from './modules/rooms/seated-peers.ts';
import { viewHandlers } from './modules/rooms/view.socket.ts';
import { PatientAppointmentsService } from './modules/scheduling/patient-appointments.service.ts';
import { ScheduleClock } from './modules/scheduling/schedule.clock.ts';
import { schedulingRoutes } from './modules/scheduling/scheduling.routes.ts';
import { tellSchedule } from './modules/scheduling/scheduling.socket.ts';
import { createScheduling } from './modules/scheduling/scheduling.ts';
import { createSigner } from './modules/signatures/create-signer.ts';
import { KeyFiles } from './modules/signatures/key-files.ts';
import { signatureRoutes } from './modules/signatures/signature.routes.ts';
import { SignatureService } from './modules/signatures/signature.service.ts';
import { LicenceService } from './modules/staff/licence.service.ts';
import { staffRoutes } from './modules/staff/staff.routes.ts';
import { StaffService } from './modules/staff/staff.service.ts';
import { stationRoutes } from './modules/stations/station.routes.ts';
import { StationService } from './modules/stations/station.service.ts';
import { DatabaseCheckClock } from './modules/system/database-check.clock.ts';
import { HealthService } from './modules/system/health.service.ts';
import { systemRoutes } from './modules/system/system.routes.ts';
import { CodeListService } from './modules/terminologies/code-list.service.ts';
import { terminologyRoutes } from './modules/terminologies/terminology.routes.ts';
import { TerminologyService } from './modules/terminologies/terminology.service.ts';
import { SessionWatch } from './realtime/session-watch.ts';
import { LiveServer } from './realtime/socket-server.ts';
import { DiskFileStore } from './storage/file-store.ts';

export interface AppOptions {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  /** Tests that need no media leave the workers out. */
  readonly startMedia?: typeof startMedia;
  /** Somebody tells it of hours that are over: the schedule, which is of now, is let alone. */
  readonly isTold?: boolean | undefined;
  /** Tests that look at uploads need no process for each. */
  readonly fileChecker?: FileChecker | undefined;
}

/** The whole server but its process: everything is made and connected here, by name. */
export interface App {
  readonly http: FastifyInstance;
  readonly origins: OriginList;
  /** Stops taking work, lets go of media and sockets; the store stays its owner's. */
  close(): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const { config, store, clock, logger, version } = options;
  const bus = new EventBus(logger);
  const metrics = new Metrics({ processMetrics: true });
  const origins = new OriginList(config);
  const cookieName = config.isSecure ? SESSION_COOKIE.secure : SESSION_COOKIE.plain;

  await store.transaction((tx) => auditLog.adopt(tx, clock.instant()));
  const auth = new AuthService({ store, clock, bus, sessionHours: config.sessionHours });
  const http = await createHttpServer({ config, logger, metrics, origins, sessions: auth, cookieName, version });
  const watch = SessionWatch.create({ sessions: auth, bus, clock, logger });
  const live = LiveServer.create({
    httpServer: http.server,
    origins,
    sessions: auth,
    watch,
    readToken: (header) => fastifyCookie.parse(header)[cookieName],
    logger,
    metrics,
  });
  const presence = { isOnline: live.presence.isUserOnline.bind(live.presence) };

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
  const ladders = new LadderService({ store, clock, staff, presence, ringSeconds: config.ringSeconds });
  const progress = new ConsultationProgress({ clock, presence, ladders });
  const loader = new ConsultationLoader({ patients, presence, progress });
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
  const { signer, authorityPem } = await createSigner(config.signing, { store, clock });
  const documents = new DiskFileStore(path.join(config.dataDir, 'documents'));
  const signatures = new SignatureService({ store, clock, signer, files: documents });
  const printer = ConclusionPrinter.create();
  const publicOrigin = config.publicOrigin ?? `http://${config.host}:${config.port}`;
  const files = createAttachments({
    store,
    clock,
    bus,
    loader,
    dataDir: config.dataDir,
    floorBytes: config.filesFloorBytes,
    checker: options.fileChecker,
  });
  const linkSamples = new LinkSampleService({ store, clock, loader });
  const linkChecks = new LinkCheckService({ store, clock });
  const evidence = new EvidenceService({ store, clock, loader });
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
    printer,
    evidence,
    files: files.attachments,
    publicOrigin,
  });
  const conclusionFiles = new ConclusionFilesService({
    store,
    clock,
    loader,
    signatures,
    printer,
    evidence,
    publicOrigin,
  });
  const carePlans = new CarePlanService({ store, clock, calling, loader });
  const texts = new ConsultTextService({ store, clock });
  const chat = new ChatService({ store, clock, calling, loader });
  const participants = new ParticipantService({ store, clock, calling, loader, presence });
  const requests = new BookedRequestService();
  const notices = createNotices({ store, clock, bus, config });
  const scheduling = createScheduling({ store, clock, bus, staff, presence, requests });

  const media = await (options.startMedia ?? startMedia)(config.rtc, {
    logger,
    onWorkerDeath: () => metrics.workerDeaths.inc(),
  });
  const callPresence = CallPresence.create({ calling, logger });
  const rooms = RoomRegistry.create({
    media,
    access: consultations,
    events: {
      participantJoined: () => undefined,
      participantLeft: () => undefined,
      sidesChanged: callPresence.sidesChanged.bind(callPresence),
    },
    curtains: new CurtainService({ store, clock, loader }),
    clock,
    logger,
    metrics,
    holdSession: live.holdSession.bind(live),
    listRelays: createRelays(config.rtc.relay, clock),
  });
  const databaseCheck = DatabaseCheckClock.start({
    check: (signal) => checkDatabase(config.databasePath, signal),
    clock,
    logger,
  });
  const health = new HealthService({
    store,
    logger,
    version,
    lastCheck: () => databaseCheck.last,
    workers: () => media.workers(),
  });

  const witnessKey = KeyFiles.create({ folder: config.witness.keyFolder, passphrase: config.witness.passphrase });
  const witnessClock = WitnessClock.start({
    store,
    clock,
    logger,
    file: config.witness.file,
    key: witnessKey.getOrCreateKey('witness'),
  });
  const audit = new AuditReadingService({ store, clock, lastCheckpoint: () => witnessClock.last });

  systemRoutes(http, { health, metrics });
  auditRoutes(http, { audit });
  authRoutes(http, { auth, cookieName, isSecure: config.isSecure });
  stationRoutes(http, { stations });
  staffRoutes(http, { staff, licences: new LicenceService({ store, clock }) });
  patientRoutes(http, { patients, duplicates, merges });
  protocolRoutes(http, { protocols });
  consentRoutes(http, { consents });
  requestCardRoutes(http, { cards, patientRequests });
  ladderRoutes(http, { ladders });
  triageRoutes(http, { triage, limits });
  consultationRoutes(http, { consultations, calling, chat });
  terminologyRoutes(http, { terminologies, codeLists });
  conclusionTemplateRoutes(http, { templates: conclusionTemplates });
  carePlanRoutes(http, { carePlans });
  consultTextRoutes(http, { texts });
  participantRoutes(http, { participants });
  conclusionRoutes(http, { conclusions, signing, files: conclusionFiles });
  attachmentRoutes(http, files);
  evidenceRoutes(http, {
    evidence,
    evidenceLimits: new EvidenceLimitService({ store, clock }),
    confirmations: new PatientConfirmationService({ store, clock, loader }),
  });
  linkSampleRoutes(http, { linkSamples });
  linkCheckRoutes(http, { linkChecks });
  signatureRoutes(http, { signatures, clock, authorityPem });
  schedulingRoutes(http, scheduling);
  noticeRoutes(http, notices);
  await http.ready();

  tellConsultations({ bus, notifier: live, consultations });
  tellAttachments({ bus, notifier: live });
  tellSchedule({ bus, notifier: live, audience: scheduling.audience });
  tellNotices({ bus, notifier: live });
  connectRooms({ rooms, watch, bus });
  live.start({
    ...consultationHandlers({ chat }),
    ...roomHandlers({ rooms, media }),
    ...linkSampleHandlers({ rooms, linkSamples }),
    ...viewHandlers({ rooms, attachments: files.attachments }),
    ...attachmentHandlers(files),
    ...examinationHandlers({ rooms }),
  });
  const recorder = EvidenceRecorder.start({ store, clock, logger, listSeated: () => describeSeated(rooms) });
  const sampler = LinkSampler.start({ store, clock, logger, listSeated: () => describeSides(rooms) });
  const attachmentClock = AttachmentClock.start({ ...files, logger });
  const callingClock = CallingClock.start({ calling, logger });
  const sessionPurge = SessionPurgeClock.start({ auth, logger });
  const noticeClock = NoticeClock.start({ ...notices, logger });
  const consultTextClock = ConsultTextClock.start({ texts, logger });
  const scheduleClock =
    options.isTold === true ? undefined : ScheduleClock.start({ upkeep: scheduling.upkeep, bus, logger });

  return {
    http,
    origins,
    async close() {
      await databaseCheck.close();
      await sessionPurge.close();
      await noticeClock.close();
      await consultTextClock.close();
      await scheduleClock?.close();
      await attachmentClock.close();
      await callingClock.close();
      callPresence.close();
      await recorder.close();
      await sampler.close();
      rooms.close();
      await live.close();
      watch.close();
      await http.close();
      await printer.close();
      await media.close();
      // Last: nothing writes any more, so the last checkpoint covers everything.
      await witnessClock.close();
    },
  };
}
