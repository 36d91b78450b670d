import type { EventBus } from '../../kernel/event-bus.ts';
import type { Notifier, Target } from '../../realtime/notifier.ts';

/** Who looks at the consultation asks for its files again. */
export function tellAttachments({ bus, notifier }: { bus: EventBus; notifier: Notifier }): void {
  bus.on('attachment:changed', ({ requestId, attachmentId, status, stationId, practitionerId, specialty }) => {
    const targets: Target[] = [{ stationId }, { specialty }, { role: 'coordinator' }];
    if (practitionerId !== null) targets.push({ practitionerId });
    notifier.notify(targets, 'attachment:changed', { requestId, attachmentId, status });
  });
}
