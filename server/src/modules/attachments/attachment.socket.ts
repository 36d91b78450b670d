import type { AttachmentId } from '@jaqyn/shared/kernel/ids';
import { DomainError } from '../../kernel/domain-error.ts';
import type { EventBus } from '../../kernel/event-bus.ts';
import type { Connection } from '../../realtime/connection.ts';
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
}): Pick<LiveHandlers, 'upload:open' | 'upload:piece'> {
  const access = ['feldsher', 'specialist'] as const;
  const opened = new WeakMap<Connection, AttachmentId>();
  return {
    'upload:open': {
      access,
      run: async ({ actor, connection }, { attachmentId }) => {
        await uploads.authorize(actor, attachmentId, 0);
        const { offset } = await uploads.getState(attachmentId);
        opened.set(connection, attachmentId);
        return { offset };
      },
    },
    'upload:piece': {
      access,
      run: async ({ actor, connection }, { offset, bytes }) => {
        const id = opened.get(connection);
        // A new socket took the place of the one that opened it: the sender opens it again, as after any piece that does not follow.
        if (id === undefined) throw new DomainError('attachment.offset_conflict');
        // Asked for each: the right to a request may end between two pieces.
        await uploads.authorize(actor, id, bytes.byteLength);
        return { offset: await tus.append(id, offset, bytes) };
      },
    },
  };
}
