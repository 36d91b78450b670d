import type { Tx } from '../../../server/src/db/store.ts';
import { auditLog } from '../../../server/src/modules/audit/audit-log.ts';
import { consultationRepository } from '../../../server/src/modules/consultations/consultation.repository.ts';
import { transition } from '../../../server/src/modules/consultations/consultation.transition.ts';
import { appointmentRepository } from '../../../server/src/modules/scheduling/appointment.repository.ts';
import type { ConsultationEvent } from '../../../shared/src/consultations/consultation.machine.ts';
import type { AppointmentId, OperationId, PractitionerId, RequestId } from '../../../shared/src/kernel/ids.ts';
import { toInstant } from '../../../shared/src/kernel/time.ts';
import type { ScheduledRequest } from '../build/scheduled-request.ts';
import type { UserPlan } from '../build/staff.ts';
import { demoId, MINUTE_MS } from '../demo-id.ts';
import { Random } from '../random.ts';
import { seedRepository } from '../seed.repository.ts';
import { signStored } from '../sign-stored.ts';
import { actorOf, type SeedDesk } from './schedule-desk.ts';

/** One thing that happens in the demo's story, at its time. */
export interface Step {
  readonly at: Date;
  run(desk: SeedDesk): Promise<unknown>;
}

/** What happens to one request in scheduling, in the order of time, as far as `now`. */
export function stepsOf(item: ScheduledRequest, coordinator: UserPlan, now: Date): Step[] {
  return new AppointmentStory(item, coordinator, now).steps;
}

class AppointmentStory {
  readonly steps: Step[] = [];
  readonly #item: ScheduledRequest;
  readonly #random: Random;
  readonly #coordinator: UserPlan;
  readonly #now: Date;
  readonly #id: AppointmentId;
  readonly #requestId: RequestId;
  #operations = 0;

  constructor(item: ScheduledRequest, coordinator: UserPlan, now: Date) {
    const { request, plan, acceptedAt } = item;
    this.#item = item;
    this.#coordinator = coordinator;
    this.#now = now;
    this.#random = new Random(`appointment of ${request.number}`);
    this.#id = demoId<AppointmentId>(`appointment of ${request.number}`, acceptedAt);
    this.#requestId = request.id as RequestId;
    this.#tell(plan.fate);
  }

  #tell(fate: ScheduledRequest['plan']['fate']): void {
    const { plan, acceptedAt } = this.#item;
    const bookedAt = after(acceptedAt, this.#random.int(2, 25));
    switch (fate.kind) {
      case 'waits':
        this.#join(bookedAt);
        return;
      case 'offered':
        this.#join(bookedAt);
        this.#offer();
        return;
      case 'asked':
        this.#book(bookedAt, plan.requester);
        return;
      case 'booked':
        this.#book(bookedAt);
        this.#comeNear(fate.until);
        return;
      case 'missed':
        this.#book(bookedAt);
        this.#miss(fate.cause);
        return;
      case 'cancelled':
        this.#book(bookedAt);
        this.#cancel(bookedAt, fate.reason);
        return;
      case 'held':
        this.#book(bookedAt);
        this.#hold(fate.goesTo);
    }
  }

  get #slot() {
    const { slot } = this.#item.plan;
    if (slot === undefined) throw new Error(`${this.#item.request.number} has no slot`);
    return slot;
  }

  #placement() {
    const { specialist, startsAt } = this.#slot;
    return {
      practitionerId: specialist.practitioner.id as PractitionerId,
      startsAt: toInstant(startsAt),
      alsoPractitionerIds: [],
      holdId: null,
      mayOverbook: false,
    };
  }

  #operation(at: Date): { operationId: OperationId } {
    this.#operations += 1;
    return { operationId: demoId<OperationId>(`operation ${this.#operations} of ${this.#id}`, at) };
  }

  #step(at: Date, run: (desk: SeedDesk, version: number) => Promise<unknown>): void {
    if (at > this.#now) return;
    this.steps.push({
      at,
      run: async (desk) => run(desk, (await appointmentRepository.find(desk.tx, this.#id))?.version ?? 0),
    });
  }

  #book(at: Date, by: UserPlan = this.#random.chance(0.4) ? this.#item.plan.requester : this.#coordinator): void {
    // What needs a coordinator's yes is booked by one; a question by the station is told apart above.
    const isAsked = this.#item.plan.fate.kind === 'asked';
    const actor = actorOf(!isAsked && this.#item.plan.specialty === 'psychiatry' ? this.#coordinator : by);
    this.#step(at, (desk) =>
      desk.bookings.bookSlot(actor, {
        ...this.#operation(at),
        ...this.#placement(),
        id: this.#id,
        requestId: this.#requestId,
        note: '',
      }),
    );
  }

  #join(at: Date): void {
    const { patient, mode } = this.#item.plan;
    const wishes = {
      language: this.#random.chance(0.5) ? patient.language : null,
      partOfDay: this.#random.pick(['any', 'any', 'morning', 'afternoon'] as const),
      preferredPractitionerId: null,
      avoidWeekdays: this.#random.chance(0.2) ? [5] : [],
    };
    this.#step(at, (desk) =>
      desk.waitlist.join(actorOf(this.#coordinator), {
        ...this.#operation(at),
        id: this.#id,
        requestId: this.#requestId,
        mode,
        wishes,
      }),
    );
  }

  #offer(): void {
    const at = new Date(this.#now.getTime() - 4 * MINUTE_MS);
    const { practitionerId, startsAt } = this.#placement();
    this.#step(at, (desk, version) => {
      const input = { ...this.#operation(at), version, practitionerId, startsAt, expiresInMinutes: 180 };
      return desk.waitlist.offer(actorOf(this.#coordinator), this.#id, input);
    });
  }

  /** The patient comes half an hour before, and is ready some minutes before. Also later: who waits for a call does. */
  #comeNear(until: 'booked' | 'arrived' | 'checked-in'): void {
    if (until === 'booked') return;
    const station = actorOf(this.#item.plan.requester);
    const latest = new Date(this.#now.getTime() - this.#random.int(1, 3) * MINUTE_MS);
    const readyAt = earlier(before(this.#slot.startsAt, this.#random.int(3, 8)), latest);
    const hereAt = before(readyAt, this.#random.int(6, 18));
    this.#step(hereAt, (desk, version) =>
      desk.appointments.arrive(station, this.#id, { ...this.#operation(hereAt), version }),
    );
    if (until === 'arrived') return;
    this.#step(readyAt, (desk, version) =>
      desk.appointments.checkIn(station, this.#id, { ...this.#operation(readyAt), version }),
    );
  }

  #miss(cause: 'patient' | 'specialist' | 'network' | 'station'): void {
    const { startsAt, specialist } = this.#slot;
    const at = after(startsAt, this.#random.int(11, 18));
    const by = actorOf(cause === 'specialist' ? this.#item.plan.requester : specialist.user);
    this.#step(at, (desk, version) =>
      desk.appointments.miss(by, this.#id, { ...this.#operation(at), version, cause, note: '' }),
    );
  }

  #cancel(bookedAt: Date, reason: 'patient_asked' | 'patient_unwell' | 'no_link' | 'station_cannot'): void {
    const last = earlier(before(this.#slot.startsAt, 40), before(this.#now, 3));
    const at = new Date(bookedAt.getTime() + (last.getTime() - bookedAt.getTime()) * (0.4 + 0.5 * this.#random.next()));
    const by = actorOf(this.#item.plan.requester);
    this.#step(at, (desk, version) =>
      desk.appointments.cancel(by, this.#id, { ...this.#operation(at), version, reason, note: '' }),
    );
  }

  /** Ready, in the call, written up, signed, read, closed: as far as it was meant to come. */
  #hold(goesTo: 'unsigned' | 'signed' | 'delivered' | 'closed'): void {
    const { startsAt, endsAt, specialist } = this.#slot;
    const random = this.#random;
    const { requester } = this.#item.plan;
    const [station, doctor] = [actorOf(requester), actorOf(specialist.user)];
    const readyAt = before(startsAt, random.int(2, 6));
    const calledAt = new Date(startsAt.getTime() + random.int(5, 110) * 1000);
    const endedAt = before(endsAt, random.int(1, 4));
    const writtenAt = after(endedAt, 1);
    this.#step(readyAt, (desk, version) =>
      desk.appointments.checkIn(station, this.#id, { ...this.#operation(readyAt), version }),
    );
    this.#step(calledAt, (desk, version) =>
      desk.appointments.start(doctor, this.#id, { ...this.#operation(calledAt), version }),
    );
    this.#step(endedAt, async (desk) => {
      await this.#move(desk.tx, 'end_call', endedAt, specialist.user, { endedAt: toInstant(endedAt) });
      await this.#write(desk.tx, endedAt, specialist.user);
      await desk.upkeep.follow(this.#requestId);
    });
    if (goesTo === 'unsigned') return;
    const signedAt = after(writtenAt, random.int(1, 3));
    this.#step(signedAt, async (desk) => {
      await this.#move(desk.tx, 'present_for_signature', signedAt, specialist.user);
      const sha256 = await signStored(desk.tx, this.#requestId, signedAt);
      await this.#move(desk.tx, 'sign', signedAt, specialist.user, {}, { sha256 });
    });
    if (goesTo === 'signed') return;
    const readAt = after(signedAt, random.int(4, 90));
    this.#step(readAt, (desk) => this.#move(desk.tx, 'deliver', readAt, requester));
    if (goesTo === 'delivered') return;
    const closedAt = after(readAt, random.int(3, 20));
    this.#step(closedAt, async (desk) => {
      await this.#move(desk.tx, 'acknowledge', closedAt, requester);
      await this.#move(desk.tx, 'close', closedAt, requester);
    });
  }

  async #write(tx: Tx, at: Date, author: UserPlan): Promise<void> {
    const id = demoId<string>(`composition of ${this.#requestId}`, at);
    await seedRepository.insertDraft(tx, {
      id,
      requestId: this.#requestId,
      version: 1,
      content: JSON.stringify(this.#item.conclusionAt(at)),
      authorId: author.id,
      savedAt: toInstant(at),
      status: 'preliminary',
    });
    await auditLog.append(tx, {
      at: toInstant(at),
      actor: actorOf(author),
      action: 'conclusion.save',
      entityType: 'conclusion',
      entityId: id,
      detail: { requestId: this.#requestId, version: 1 },
    });
  }

  async #move(
    tx: Tx,
    event: ConsultationEvent,
    at: Date,
    by: UserPlan,
    change: Parameters<typeof transition>[2]['change'] = {},
    detail: Record<string, string> = {},
  ): Promise<void> {
    const row = await consultationRepository.find(tx, this.#requestId);
    if (row === undefined) throw new Error(`${this.#item.request.number} is gone`);
    await transition(tx, row, { event, actor: actorOf(by), at: toInstant(at), change, detail });
  }
}

function after(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS);
}

function before(at: Date, minutes: number): Date {
  return after(at, -minutes);
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
