import type { EventBus } from '../../kernel/event-bus.ts';
import type { Notifier } from '../../realtime/notifier.ts';

/** Rings the bell of whoever has a new notice; what it says is asked over HTTP. */
export function tellNotices({ bus, notifier }: { bus: Pick<EventBus, 'on'>; notifier: Notifier }): void {
  bus.on('notice:arrived', ({ userId, noticeId }) => notifier.notify([{ userId }], 'notice:arrived', { noticeId }));
}
