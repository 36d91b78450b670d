import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { OrganizationId, PractitionerId, RequestId, ServiceCode, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate, Instant } from '@jaqyn/shared/kernel/time';
import type { BoardHold, BoardRow, getBoard } from '@jaqyn/shared/scheduling/board.contract';
import { slotsOf } from '@jaqyn/shared/scheduling/expand';
import { addDays, fromMinute, overlaps } from '@jaqyn/shared/scheduling/local-day';
import type { BookableMode } from '@jaqyn/shared/scheduling/roster';
import { markSlots, type SlotState } from '@jaqyn/shared/scheduling/slot';
import type { Actor } from '../../kernel/actor.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { myRegion } from './appointment-book.ts';
import { boardRepository } from './board.repository.ts';
import { type ClaimRow, claimRepository } from './claim.repository.ts';
import { toTaken } from './day-load.ts';
import { type PractitionerFilter, peopleRepository } from './people.repository.ts';
import { assertDays } from './roster.service.ts';
import { toBoardSession } from './roster.view.ts';
import { scheduleReader, sessionsBetween, spanOfDays } from './schedule-reader.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { listSpecialDays } from './special-day.service.ts';

interface BoardQuery {
  readonly from: CalendarDate;
  readonly days: number;
  readonly specialty?: SpecialtyCode | undefined;
  readonly region?: string | undefined;
  readonly organizationId?: OrganizationId | undefined;
  readonly practitionerIds?: readonly PractitionerId[] | undefined;
  readonly q: string;
  readonly offset: number;
  readonly limit: number;
}

type Board = EndpointResponse<typeof getBoard>;

/** The coordinator's grid of specialists and time, and the slots of one specialist. */
export class BoardService {
  readonly #runner: ScheduleRunner;

  constructor({ runner }: { runner: ScheduleRunner }) {
    this.#runner = runner;
  }

  /** A coordinator sees everybody, a specialist themselves. Who is booked from another oblast is only "busy". */
  getBoard(actor: Actor, query: BoardQuery): Promise<Board> {
    const to = addDays(query.from, query.days - 1);
    const span = spanOfDays(query.from, to);
    return this.#runner.show(actor, requestsOf, async (tx, at) => {
      const { rows: people, total } = await peopleRepository.pagePractitioners(tx, filterFor(actor, query), query);
      const ids = people.map(({ id }) => id);
      const rosters = await scheduleReader.readRosters(tx, ids, query.from, to);
      const languages = await peopleRepository.listLanguages(tx, ids);
      const claims = (await claimRepository.listTaken(tx, 'practitioner', ids, span)).filter(isCounting(at));
      const byPerson = Map.groupBy(claims, ({ resourceId }) => resourceId);

      const rows = people.map((person): BoardRow => {
        const read = rosters.get(person.id);
        const sessions = read === undefined ? [] : sessionsBetween(read, query.from, to);
        const slots = markSlots(sessions.flatMap(slotsOf), (byPerson.get(person.id) ?? []).map(toTaken));
        return {
          practitioner: {
            id: person.id,
            displayName: person.displayName,
            specialty: person.specialty,
            organization: { id: person.organizationId, name: person.organizationName },
            region: person.region,
            languages: languages.get(person.id) ?? [],
          },
          slots: slots.length,
          taken: slots.filter(({ state }) => state !== 'free').length,
          sessions: sessions.map((session) => toBoardSession(person.id, session)),
          closures: (read?.roster.closures ?? [])
            .filter((closure) => overlaps(closure, span))
            .map(({ id, reason, from, to }) => ({ id, reason, startsAt: fromMinute(from), endsAt: fromMinute(to) })),
        };
      });

      const all = await boardRepository.listAppointments(tx, ids, span);
      const mine = await myRegion(tx, actor);
      const regions = await peopleRepository.listStationRegions(
        tx,
        mine === undefined ? [] : [...new Set(all.map(({ stationId }) => stationId))],
      );
      const appointments = all.filter(({ stationId }) => mine === undefined || regions.get(stationId) === mine);
      const shown = new Set<string>(appointments.map(({ id }) => id));
      const holds = await claimRepository.listHolds(tx, ids, span, at);
      return {
        rows,
        total,
        appointments,
        stations: await boardRepository.listStations(tx, [...new Set(appointments.map(({ stationId }) => stationId))]),
        practitioners: await boardRepository.listNames(tx, [
          ...new Set(appointments.flatMap(({ practitionerIds }) => practitionerIds)),
        ]),
        busy: claims
          .filter(({ holderKind, holderId }) => holderKind === 'appointment' && !shown.has(holderId))
          .map((claim) => ({
            practitionerId: claim.resourceId as PractitionerId,
            startsAt: claim.startsAt as Instant,
            endsAt: claim.endsAt as Instant,
            isTentative: claim.expiresAt !== null,
          })),
        holds: holds.map(({ hold, byName }) => ({
          id: hold.id as BoardHold['id'],
          practitionerId: hold.practitionerId as PractitionerId,
          startsAt: hold.startsAt as Instant,
          endsAt: hold.endsAt as Instant,
          expiresAt: hold.expiresAt as Instant,
          byName,
          isMine: hold.userId === actor.userId,
        })),
        specialDays: await listSpecialDays(tx, query.from, to),
        at,
      };
    });
  }

  /** Slots of one specialist with who could have them. Throws `practitioner.not_found`, `request.invalid` past 31 days. */
  listSlots(
    practitionerId: PractitionerId,
    from: CalendarDate,
    to: CalendarDate,
  ): Promise<{ startsAt: Instant; endsAt: Instant; service: ServiceCode; mode: BookableMode; state: SlotState }[]> {
    assertDays(from, to, 31);
    return this.#runner.read(async (tx, at) => {
      if ((await peopleRepository.findPractitioner(tx, practitionerId)) === undefined) {
        throw new DomainError('practitioner.not_found');
      }
      const read = await scheduleReader.readRoster(tx, practitionerId, from, to);
      const claims = await claimRepository.listTaken(tx, 'practitioner', [practitionerId], spanOfDays(from, to));
      const taken = claims.filter(isCounting(at)).map(toTaken);
      return sessionsBetween(read, from, to).flatMap((session) =>
        session.mode === 'on_call'
          ? []
          : markSlots(slotsOf(session), taken).map((slot) => ({
              startsAt: fromMinute(slot.from),
              endsAt: fromMinute(slot.to),
              service: session.service,
              mode: session.mode as BookableMode,
              state: slot.state,
            })),
      );
    });
  }
}

function requestsOf({ appointments }: Board): RequestId[] {
  return appointments.map(({ requestId }) => requestId);
}

function filterFor(actor: Actor, query: BoardQuery): PractitionerFilter {
  if (actor.role === 'specialist') return { ids: actor.practitionerId === null ? [] : [actor.practitionerId] };
  return {
    specialty: query.specialty,
    region: query.region,
    organizationId: query.organizationId,
    ids: query.practitionerIds,
  };
}

/** What has run out does not count, also before somebody has removed it. */
function isCounting(at: Instant): (claim: ClaimRow) => boolean {
  return ({ expiresAt }) => expiresAt === null || expiresAt > at;
}
