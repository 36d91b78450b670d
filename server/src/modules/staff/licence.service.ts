import type { EndpointResponse } from '@jaqyn/shared/kernel/endpoint';
import type { LicenceId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import { searchKey } from '@jaqyn/shared/kernel/search-key';
import { type CalendarDate, localDate } from '@jaqyn/shared/kernel/time';
import { LICENCE_STANDINGS, type LicenceStanding, standingOn } from '@jaqyn/shared/staff/licence';
import type { Licence, LicensedPerson, listLicences } from '@jaqyn/shared/staff/licence.contract';
import type { Practitioner } from '@jaqyn/shared/staff/staff.contract';
import type { Store, Tx } from '../../db/store.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { auditLog } from '../audit/audit-log.ts';
import { licenceRepository } from './licence.repository.ts';

interface Question {
  readonly q: string;
  readonly standing?: LicenceStanding | undefined;
  readonly limit: number;
  readonly after?: PractitionerId | undefined;
}

type Entered = Pick<Licence, 'number' | 'issuer' | 'validFrom' | 'validTo'>;

/** Until when specialists may consult. What was entered stays; a wrong or revoked licence is withdrawn from a day on. */
export class LicenceService {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor({ store, clock }: { store: Store; clock: Clock }) {
    this.#store = store;
    this.#clock = clock;
  }

  /** By name. */
  async list({ q, standing, limit, after }: Question): Promise<EndpointResponse<typeof listLicences>> {
    const today = localDate(this.#clock.instant());
    const { practitioners, licences } = await this.#store.read(async (tx) => ({
      practitioners: await licenceRepository.listPractitioners(tx),
      licences: Map.groupBy(await licenceRepository.list(tx), (one) => one.practitionerId),
    }));
    const everybody = practitioners.map((one) => toPerson(one, licences.get(one.id) ?? [], today));
    const counts = Object.fromEntries(LICENCE_STANDINGS.map((one) => [one, 0])) as Record<LicenceStanding, number>;
    for (const person of everybody) counts[person.standing] += 1;
    const words = searchKey(q).split(' ').filter(Boolean);
    const asked = everybody.filter((person) => {
      const name = searchKey(person.practitioner.displayName);
      return (standing === undefined || person.standing === standing) && words.every((word) => name.includes(word));
    });
    // Names never change their order: the one a page ended with is where the next begins, whoever was taken out of the list since.
    const end = practitioners.findIndex(({ id }) => id === after);
    const places = new Map(practitioners.map(({ id }, index) => [id, index]));
    const rest = asked.filter(({ practitioner }) => (places.get(practitioner.id) ?? 0) > end);
    const people = rest.slice(0, limit);
    const next = rest.length > people.length ? (people.at(-1)?.practitioner.id ?? null) : null;
    return { people, next, total: asked.length, counts };
  }

  /**
   * Throws `practitioner.not_found`, `request.invalid` for days that run backwards, `idempotency.key_reused` for a known id with
   * another content.
   */
  async add(actor: Actor, practitionerId: PractitionerId, id: LicenceId, entered: Entered): Promise<LicensedPerson> {
    const at = this.#clock.instant();
    if (entered.validTo < entered.validFrom) {
      throw new DomainError('request.invalid', { fields: [{ path: 'validTo', code: 'before_from' }] });
    }
    return this.#store.transaction(async (tx) => {
      const person = await getPractitioner(tx, practitionerId);
      const stored = await licenceRepository.find(tx, id);
      if (stored === undefined) {
        await licenceRepository.insert(tx, { ...entered, id, practitionerId, enteredAt: at, enteredBy: actor.userId });
        await auditLog.append(tx, {
          at,
          actor,
          action: 'practitioner.add_licence',
          entityType: 'practitioner',
          entityId: practitionerId,
          detail: { licenceId: id, validFrom: entered.validFrom, validTo: entered.validTo },
        });
      } else if (!isSame(stored, { ...entered, practitionerId, enteredBy: actor.userId })) {
        throw new DomainError('idempotency.key_reused');
      }
      return toPerson(person, await licenceRepository.list(tx, practitionerId), localDate(at));
    });
  }

  /** For good. The same again is harmless. Throws `licence.not_found`, also under another person, and `licence.withdrawn`. */
  withdraw(
    actor: Actor,
    practitionerId: PractitionerId,
    id: LicenceId,
    { from, reason }: { readonly from: CalendarDate; readonly reason: string },
  ): Promise<LicensedPerson> {
    const at = this.#clock.instant();
    return this.#store.transaction(async (tx) => {
      const stored = await licenceRepository.find(tx, id);
      if (stored?.practitionerId !== practitionerId) throw new DomainError('licence.not_found');
      const change = { withdrawnFrom: from, withdrawReason: reason, withdrawnAt: at, withdrawnBy: actor.userId };
      if (await licenceRepository.withdraw(tx, id, change)) {
        await auditLog.append(tx, {
          at,
          actor,
          action: 'practitioner.withdraw_licence',
          entityType: 'practitioner',
          entityId: practitionerId,
          detail: { licenceId: id, from },
        });
      } else if (stored.withdrawnFrom !== from || stored.withdrawReason !== reason) {
        throw new DomainError('licence.withdrawn');
      }
      const person = await getPractitioner(tx, practitionerId);
      return toPerson(person, await licenceRepository.list(tx, practitionerId), localDate(at));
    });
  }
}

async function getPractitioner(tx: Tx, id: PractitionerId): Promise<Practitioner> {
  const found = (await licenceRepository.listPractitioners(tx)).find((one) => one.id === id);
  if (found === undefined) throw new DomainError('practitioner.not_found');
  return found;
}

function toPerson(
  practitioner: Practitioner,
  licences: readonly (Licence & { practitionerId: PractitionerId })[],
  today: CalendarDate,
): LicensedPerson {
  const { standing, until } = standingOn(licences, today);
  return {
    practitioner,
    standing,
    validUntil: until,
    licences: licences.map(({ practitionerId: _whose, ...licence }) => licence),
  };
}

function isSame<Row extends object>(stored: Row, asked: Partial<Row>): boolean {
  return Object.entries(asked).every(([name, value]) => stored[name as keyof Row] === value);
}
