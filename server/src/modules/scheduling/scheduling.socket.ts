import type { EventBus } from '../../kernel/event-bus.ts';
import type { Notifier } from '../../realtime/notifier.ts';
import type { ScheduleAudienceService } from './schedule-audience.service.ts';

/**
 * Tells those concerned that what they show is not what it was; they ask again over HTTP, where the policy says what they see.
 * Nothing of a patient is told, and a station or an oblast hears of nobody else's stations.
 */
export function tellSchedule(dependencies: {
  bus: Pick<EventBus, 'on'>;
  notifier: Notifier;
  audience: Pick<ScheduleAudienceService, 'ofSchedule' | 'ofWaitlist'>;
}): void {
  const { bus, notifier, audience } = dependencies;

  bus.on('schedule:changed', async ({ practitionerIds, stationIds, days, appointmentIds, actorName }) => {
    for (const practitionerId of practitionerIds) {
      const own = { practitionerIds: [practitionerId], stationIds: [], days };
      notifier.notify([{ practitionerId }], 'schedule:changed', own);
    }
    for (const stationId of stationIds) {
      notifier.notify([{ stationId }], 'schedule:changed', { practitionerIds, stationIds: [stationId], days });
    }
    // A day of everybody's: the loads of all follow, each without a word of its own.
    if (practitionerIds.length === 0 && stationIds.length === 0) {
      notifier.notify([{ role: 'specialist' }, { role: 'feldsher' }], 'schedule:changed', {
        practitionerIds,
        stationIds,
        days,
      });
    }
    for (const { userIds, stationIds: theirs } of await audience.ofSchedule({ practitionerIds, stationIds, days })) {
      const targets = userIds.map((userId) => ({ userId }));
      // Who it was is for colleagues: not for the side that is only asked to look again, nor for another oblast.
      const knowsAll = theirs.length > 0 && theirs.length === stationIds.length;
      const author = actorName === undefined || !knowsAll ? undefined : { displayName: actorName, appointmentIds };
      notifier.notify(targets, 'schedule:changed', {
        practitionerIds,
        stationIds: theirs,
        days,
        ...(author !== undefined && { author }),
      });
    }
  });

  bus.on('waitlist:changed', async ({ specialties, stationIds }) => {
    for (const stationId of stationIds) {
      notifier.notify([{ stationId }], 'waitlist:changed', { specialties, stationIds: [stationId] });
    }
    for (const { userIds, stationIds: theirs } of await audience.ofWaitlist({ specialties, stationIds })) {
      const targets = userIds.map((userId) => ({ userId }));
      notifier.notify(targets, 'waitlist:changed', { specialties, stationIds: theirs });
    }
  });
}
