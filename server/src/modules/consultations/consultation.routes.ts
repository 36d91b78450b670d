import {
  acceptCall,
  addObservations,
  callAgain,
  cancelConsultation,
  createConsultation,
  createPlannedConsultation,
  declineCall,
  endCall,
  getConsultation,
  getTimeline,
  listConsultations,
  listMessages,
  receiveConclusion,
  setConsultationPatient,
} from '@jaqyn/shared/consultations/consultation.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { CallingService } from './calling.service.ts';
import type { ChatService } from './chat.service.ts';
import type { ConsultationService } from './consultation.service.ts';

interface Options {
  readonly consultations: ConsultationService;
  readonly calling: CallingService;
  readonly chat: ChatService;
}

export function consultationRoutes(app: FastifyInstance, { consultations, calling, chat }: Options): void {
  route(app, createConsultation, ['feldsher'], async ({ body }, request) =>
    consultations.createConsultation(actorOf(request), body),
  );
  route(app, createPlannedConsultation, ['feldsher'], async ({ body }, request) =>
    consultations.createPlanned(actorOf(request), body),
  );
  route(app, listConsultations, ['feldsher', 'specialist', 'coordinator'], async ({ query }, request) =>
    consultations.listConsultations(actorOf(request), query),
  );
  route(app, getConsultation, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) =>
    consultations.getConsultation(actorOf(request), params.requestId),
  );
  route(app, getTimeline, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) => ({
    entries: await consultations.listTimeline(actorOf(request), params.requestId),
  }));
  route(app, addObservations, ['feldsher', 'specialist'], async ({ params, body }, request) =>
    consultations.addObservations(actorOf(request), params.requestId, body.vitals, body.id),
  );
  route(app, setConsultationPatient, ['feldsher'], async ({ params, body }, request) =>
    consultations.setPatient(actorOf(request), params.requestId, body.patientId),
  );
  route(app, cancelConsultation, ['feldsher', 'coordinator'], async ({ params, body }, request) =>
    consultations.cancel(actorOf(request), params.requestId, body.reason),
  );
  route(app, receiveConclusion, ['feldsher'], async ({ params }, request) =>
    consultations.receive(actorOf(request), params.requestId),
  );

  route(app, callAgain, ['feldsher'], async ({ params }, request) =>
    calling.callAgain(actorOf(request), params.requestId),
  );
  route(app, acceptCall, ['specialist'], async ({ params }, request) =>
    calling.answer(actorOf(request), params.requestId),
  );
  route(app, declineCall, ['specialist'], async ({ params, body }, request) => {
    await calling.decline(actorOf(request), params.requestId, body.reason, body.note);
    return { declined: true as const };
  });
  route(app, endCall, ['specialist'], async ({ params }, request) =>
    calling.endCall(actorOf(request), params.requestId),
  );

  route(app, listMessages, ['feldsher', 'specialist', 'coordinator'], async ({ params, query }, request) => ({
    messages: await chat.listMessages(actorOf(request), params.requestId, query.afterSeq),
  }));
}
