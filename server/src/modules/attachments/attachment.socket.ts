import type { EventBus } from '../../kernel/event-bus.ts';
import type { LiveHandlers } from '../../realtime/handle.ts';
import type { Notifier, Target } from '../../realtime/notifier.ts';
import type { TusServer } from './tus-server.ts';
import type { UploadService } from './upload.service.ts';

/** Who looks at the consultation asks for its files again. */
export function tellAttachments({ bus, notifier }: { bus: EventBus; notifier: Notifier }): void {
  bus.on('attachment:changed', ({ requestId, attachmentId, status, stationId, practitionerId, specialty }) => {
    const targets: Target[] = [{ stationId }, { specialty }, { role: 'coordinator' }];
    if (practitionerId !== null) targets.push({ practitionerId });
    notifier.notify(targets, 'attachment:changed', { requestId, attachmentId, status });
  });
}

/** Pieces of one socket come one after the other: each finds the bytes before it written. */
export function attachmentHandlers({
  uploads,
  tus,
}: {
  uploads: Pick<UploadService, 'authorize' | 'getState'>;
  tus: Pick<TusServer, 'append'>;
}): Pick<LiveHandlers, 'upload:piece'> {
  return {
    'upload:piece': {
      access: ['feldsher', 'specialist'],
      run: async ({ actor }, { attachmentId, offset, bytes }) => {
        await uploads.authorize(actor, attachmentId, bytes.byteLength);
        if (bytes.byteLength === 0) return { offset: (await uploads.getState(attachmentId)).offset };
        return { offset: await tus.append(attachmentId, offset, bytes) };
      },
    },
  };
}
