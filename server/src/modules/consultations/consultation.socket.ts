import type { RequestId, UserId } from '@jaqyn/shared/kernel/ids';
import type { EventBus } from '../../kernel/event-bus.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import type { Notifier, Target } from '../../realtime/notifier.ts';
import type { ChatService } from './chat.service.ts';
import type { ConsultationService } from './consultation.service.ts';

/** Events of this module that come in over the socket. */
export function consultationHandlers({ chat }: { chat: ChatService }): Pick<LiveHandlers, 'chat:send'> {
  return {
    'chat:send': {
      access: ['feldsher', 'specialist'],
      run: async ({ actor }, { requestId, messageId, text }) => ({
        message: await chat.sendMessage(actor, requestId, messageId, text),
      }),
    },
  };
}

/** Tells the people concerned what the database has already kept. Who was away reads it over HTTP when back. */
export function tellConsultations(dependencies: {
  bus: EventBus;
  notifier: Notifier;
  consultations: Pick<ConsultationService, 'getRingNotice'>;
}): void {
  const { bus, notifier, consultations } = dependencies;

  bus.on('consultation:changed', ({ requestId, status, version, stationId, practitionerId, specialty }) => {
    const targets: Target[] = [{ stationId }, { role: 'coordinator' }, { specialty }];
    if (practitionerId !== null) targets.push({ practitionerId });
    notifier.notify(targets, 'consultation:changed', { requestId, status, version });
  });

  const inOrder = serialByRequest();
  bus.on('ring:started', ({ requestId, userIds }) =>
    inOrder(requestId, async () => {
      const notice = await consultations.getRingNotice(requestId);
      // Answered or cancelled between the commit and here: nothing rings.
      if (notice !== undefined) notifier.notify(toUsers(userIds), 'ring:started', notice);
    }),
  );

  bus.on('ring:stopped', ({ requestId, userIds, why }) =>
    inOrder(requestId, () => notifier.notify(toUsers(userIds), 'ring:stopped', { requestId, why })),
  );

  bus.on('participants:changed', ({ requestId, userIds, stationId, practitionerId }) => {
    const targets: Target[] = [{ stationId }, { role: 'coordinator' }, ...toUsers(userIds)];
    if (practitionerId !== null) targets.push({ practitionerId });
    notifier.notify(targets, 'participants:changed', { requestId });
  });

  bus.on('chat:sent', ({ message, stationId, practitionerId, userIds }) => {
    const targets: Target[] = [{ stationId }, ...toUsers(userIds)];
    if (practitionerId !== null) targets.push({ practitionerId });
    notifier.notify(targets, 'chat:received', { message });
  });
}

/**
 * Runs work of one request one after another. A ring's start reads the database before it is told; were its stop told
 * meanwhile, the phone would ring for ever.
 */
function serialByRequest(): (requestId: RequestId, work: () => void | Promise<void>) => Promise<void> {
  const last = new Map<RequestId, Promise<void>>();
  return async (requestId, work) => {
    const mine = (last.get(requestId) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined);
    last.set(requestId, settled);
    try {
      await mine;
    } finally {
      if (last.get(requestId) === settled) last.delete(requestId);
    }
  };
}

function toUsers(userIds: readonly UserId[]): Target[] {
  return userIds.map((userId) => ({ userId }));
}
