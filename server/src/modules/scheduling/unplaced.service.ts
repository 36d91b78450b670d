import { fromMinute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { UnplacedRequest } from '@jaqyn/shared/scheduling/waitlist.contract';
import type { Actor } from '../../kernel/actor.ts';
import { appointmentRepository } from './appointment.repository.ts';
import { myRegion } from './appointment-book.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { type UnplacedFilter, unplacedRepository } from './unplaced.repository.ts';

/** Requests for which somebody has to find a time. */
export class UnplacedService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  /** Nearest treat-by date first. A station sees its own, a coordinator of an oblast those of the oblast. */
  list(
    actor: Actor,
    { limit, ...filter }: Pick<UnplacedFilter, 'specialty' | 'region'> & { limit: number },
  ): Promise<{ requests: UnplacedRequest[]; total: number }> {
    const requestsOf = (page: { requests: UnplacedRequest[] }) => page.requests.map(({ requestId }) => requestId);
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const region = (await myRegion(tx, actor)) ?? filter.region;
      const stationId = actor.role === 'feldsher' ? (actor.stationId ?? '') : undefined;
      const rules = await appointmentRepository.listTreatByRules(tx);
      // The date follows from rules that may change any day, so it is no column to sort by; those who wait now are few.
      const waiting = (await unplacedRepository.list(tx, { ...filter, region, stationId }))
        .map(({ id, urgency, askedAt }) => ({ id, treatBy: fromMinute(treatBy(toMinute(askedAt), urgency, rules)) }))
        .sort((a, b) => (a.treatBy < b.treatBy || (a.treatBy === b.treatBy && a.id < b.id) ? -1 : 1));
      const shown = waiting.slice(0, limit);
      const details = await unplacedRepository.listDetails(
        tx,
        shown.map(({ id }) => id),
      );
      return {
        requests: shown.flatMap(({ id, treatBy }) => {
          const request = details.get(id);
          return request === undefined ? [] : [{ ...request, treatBy, isOverdue: treatBy < at }];
        }),
        total: waiting.length,
      };
    });
  }
}
