import type { Tx } from '../../../server/src/db/store.ts';
import { type AuditEntry, auditLog } from '../../../server/src/modules/audit/audit-log.ts';
import { localDate } from '../../../shared/src/kernel/time.ts';
import type { DemoData } from '../build/demo-data.ts';
import { addDays, demoId, localTime } from '../demo-id.ts';
import { seedRepository } from '../seed.repository.ts';
import { stepsOfExceptions, stepsOfSetting } from './places-and-rosters.ts';
import { openScheduleDesk } from './schedule-desk.ts';
import { type Step, stepsOf } from './steps.ts';

/** Rosters were entered this long before the day, leaves a little later. */
const SET_UP_DAYS = 62;
const LEAVES_DAYS = 15;

/**
 * Tells everything in the order of time: what is only audited, and what scheduling does by its own services, so that claims, loads,
 * requests and the audit are what they would be had people done it.
 */
export async function tellSchedule(
  tx: Tx,
  { now, schedule }: Pick<DemoData, 'now' | 'schedule'>,
  audit: readonly AuditEntry[],
): Promise<void> {
  const { requests, rosters, coordinator } = schedule;
  const today = localDate(now);
  const steps: Step[] = [
    ...audit.map((entry) => ({ at: new Date(entry.at), run: () => auditLog.append(tx, entry) })),
    ...stepsOfSetting(schedule, localTime(addDays(today, -SET_UP_DAYS), 9 * 60)),
    ...stepsOfExceptions(rosters, coordinator, localTime(addDays(today, -LEAVES_DAYS), 10 * 60)),
    ...requests.flatMap((request) => stepsOf(request, coordinator, now)),
    // Loads of the months ahead, as the schedule's clock writes them.
    {
      at: now,
      run: async ({ upkeep }) => {
        while (await upkeep.tick());
      },
    },
  ];
  const desk = openScheduleDesk(tx);
  // Sorting is stable: what happens at one moment stays in its order.
  for (const { at, run } of steps.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    desk.setTime(at);
    await run(desk);
  }
  await seedRepository.forgetNotices(tx);
  await seedRepository.markAppointments(tx);
  for (const { id, appointmentId } of await seedRepository.listOffers(tx)) {
    await seedRepository.renameOffer(tx, id, demoId<string>(`offer of ${appointmentId}`, now));
  }
}
