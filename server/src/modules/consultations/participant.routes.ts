import {
  inviteParticipant,
  listInvitable,
  listInvitations,
  listParticipants,
  noteParticipantConsent,
  removeParticipant,
} from '@jaqyn/shared/consultations/participant.contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../http/access.ts';
import { route } from '../../http/route.ts';
import type { ParticipantService } from './participant.service.ts';

/** Who else is in a call: asked in, agreed to, sent out. */
export function participantRoutes(app: FastifyInstance, { participants }: { participants: ParticipantService }): void {
  route(app, listParticipants, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) => ({
    participants: await participants.list(actorOf(request), params.requestId),
  }));
  route(app, listInvitable, ['specialist', 'coordinator'], async ({ params, query }, request) =>
    participants.listInvitable(actorOf(request), params.requestId, query),
  );
  route(app, inviteParticipant, ['specialist', 'coordinator'], async ({ params, body }, request) => ({
    participants: await participants.invite(actorOf(request), params.requestId, {
      id: params.participantId,
      ...body,
    }),
  }));
  route(app, noteParticipantConsent, ['feldsher', 'specialist'], async ({ params }, request) => ({
    participants: await participants.noteConsent(actorOf(request), params.requestId, params.participantId),
  }));
  route(app, removeParticipant, ['feldsher', 'specialist', 'coordinator'], async ({ params }, request) => ({
    participants: await participants.remove(actorOf(request), params.requestId, params.participantId),
  }));
  route(app, listInvitations, ['feldsher', 'specialist', 'coordinator'], async (_input, request) => ({
    invitations: await participants.listInvitations(actorOf(request)),
  }));
}
