import type { Language } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId, RequestId, SpecialtyCode, StationId } from '@jaqyn/shared/kernel/ids';
import { type CalendarDate, type Instant, localDate } from '@jaqyn/shared/kernel/time';
import type { FoundSlot } from '@jaqyn/shared/scheduling/board.contract';
import { addDays, fromMinute, type Minute, toMinute } from '@jaqyn/shared/scheduling/local-day';
import type { HealthcareService } from '@jaqyn/shared/scheduling/service.contract';
import { treatBy } from '@jaqyn/shared/scheduling/waitlist';
import type { Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Presence, StaffService } from '../staff/staff.service.ts';
import { appointmentRepository } from './appointment.repository.ts';
import type { AppointmentBook } from './appointment-book.ts';
import { HORIZON_DAYS } from './day-load.ts';
import { type Candidate, searchEarliest, type Where } from './earliest-search.ts';
import { healthcareServiceRepository } from './healthcare-service.repository.ts';
import { peopleRepository } from './people.repository.ts';
import type { ScheduleRunner } from './schedule-runner.ts';

interface Dependencies {
  readonly runner: ScheduleRunner;
  readonly book: AppointmentBook;
  readonly staff: Pick<StaffService, 'listOnCall' | 'listInCall'>;
  readonly presence: Presence;
}

interface EarliestQuery {
  readonly specialty: SpecialtyCode;
  readonly requestId?: RequestId | undefined;
  readonly stationId?: StationId | undefined;
  readonly language?: Language | undefined;
  readonly region?: string | undefined;
  readonly from?: Instant | undefined;
  readonly limit: number;
}

interface Earliest {
  readonly now: {
    practitionerId: PractitionerId;
    displayName: string;
    rank: number;
    isReachable: boolean;
    speaksLanguage: boolean | null;
  }[];
  readonly slots: FoundSlot[];
  readonly async: FoundSlot[];
  readonly searchedUntil: CalendarDate;
}

/** "The earliest for this specialty": on call now, the next slots, the next asynchronous places, in one answer. */
export class EarliestService {
  readonly #runner: ScheduleRunner;
  readonly #book: AppointmentBook;
  readonly #staff: Pick<StaffService, 'listOnCall' | 'listInCall'>;
  readonly #presence: Presence;

  constructor({ runner, book, staff, presence }: Dependencies) {
    this.#runner = runner;
    this.#book = book;
    this.#staff = staff;
    this.#presence = presence;
  }

  /** The earliest slot of each of the next specialists. Throws `consultation.not_found` for a foreign request. */
  find(actor: Actor, query: EarliestQuery): Promise<Earliest> {
    return this.#runner.read(async (tx, at) => {
      const where = await this.#readWhere(tx, actor, query, at);
      const people = await peopleRepository.listPractitionerIds(tx, {
        specialty: query.specialty,
        region: query.region,
      });
      const languages = await peopleRepository.listLanguages(tx, query.language === undefined ? [] : people);
      const speaks = (id: PractitionerId): boolean | null =>
        query.language === undefined ? null : (languages.get(id)?.includes(query.language) ?? false);
      // Who speaks the language; where nobody does, everybody, and it is said.
      const speakers = people.filter((id) => speaks(id) !== false);
      const asked = speakers.length > 0 ? speakers : people;
      const services = new Map((await healthcareServiceRepository.list(tx)).map((service) => [service.code, service]));
      const limitOfRequest = where.treatBy;

      const search = (mode: 'video' | 'async') =>
        searchEarliest(tx, asked, { mode, services, where, limit: query.limit });
      const found = { slots: await search('video'), async: await search('async') };
      const told = new Set([...found.slots, ...found.async].map(({ practitionerId }) => practitionerId));
      const byId = new Map(
        (await peopleRepository.listPractitioners(tx, { ids: [...told] })).map((person) => [person.id, person]),
      );
      const toFound = ({ practitionerId, slot, service }: Candidate): FoundSlot[] => {
        const person = byId.get(practitionerId);
        if (person === undefined) return [];
        return [
          {
            practitioner: { id: person.id, displayName: person.displayName, organizationName: person.organizationName },
            region: person.region,
            service: service.code,
            startsAt: fromMinute(slot.from),
            endsAt: fromMinute(slot.to),
            speaksLanguage: speaks(person.id),
            missingEquipment: missingFor(service, where),
            isAfterTreatBy: limitOfRequest !== undefined && slot.from > limitOfRequest,
          },
        ];
      };
      return {
        now: await this.#listNow(tx, at, query.specialty, speaks),
        slots: found.slots.flatMap(toFound),
        async: found.async.flatMap(toFound),
        searchedUntil: addDays(localDate(at), HORIZON_DAYS),
      };
    });
  }

  async #listNow(
    tx: Tx,
    at: Instant,
    specialty: SpecialtyCode,
    speaks: (id: PractitionerId) => boolean | null,
  ): Promise<Earliest['now']> {
    const inCall = await this.#staff.listInCall(tx);
    return (await this.#staff.listOnCall(tx, at, specialty)).map(({ practitionerId, displayName, rank, userId }) => ({
      practitionerId,
      displayName,
      rank,
      isReachable: this.#presence.isOnline(userId) && !inCall.has(practitionerId),
      speaksLanguage: speaks(practitionerId),
    }));
  }

  async #readWhere(
    tx: Tx,
    actor: Actor,
    query: EarliestQuery,
    at: Instant,
  ): Promise<Where & { treatBy: Minute | undefined }> {
    const from = Math.max(toMinute(at), query.from === undefined ? 0 : toMinute(query.from));
    if (query.requestId === undefined) {
      // A station asks for itself, whatever it names.
      const stationId = actor.role === 'feldsher' ? actor.stationId : (query.stationId ?? null);
      const kit = stationId === null ? undefined : await peopleRepository.getKit(tx, stationId);
      return { at, from, stationId, patientId: null, kit, treatBy: undefined };
    }
    const request = await this.#book.getRequest(tx, actor, query.requestId);
    const rules = await appointmentRepository.listTreatByRules(tx);
    return {
      at,
      from,
      stationId: request.stationId,
      patientId: request.patientId,
      kit: await peopleRepository.getKit(tx, request.stationId),
      treatBy: treatBy(toMinute(request.createdAt), request.urgency, rules),
    };
  }
}

function missingFor(service: HealthcareService, { kit }: Where): string[] {
  if (kit === undefined || service.mode !== 'video') return [];
  return service.requiredEquipment.filter((item) => !kit.equipment.includes(item));
}
