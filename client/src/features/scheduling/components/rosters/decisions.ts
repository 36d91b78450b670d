import type { AppointmentId, PractitionerId } from '@jaqyn/shared/kernel/ids';
import type { Instant } from '@jaqyn/shared/kernel/time';
import type { Affected, Decision } from '@jaqyn/shared/scheduling/roster.contract';

export type Choice = Decision['decision'];

/** What was decided, each on the version of the appointment that was seen then. */
export type Choices = ReadonlyMap<AppointmentId, { readonly version: number; readonly choice: Choice }>;

export const NO_CHOICES: Choices = new Map();

export function choose(choices: Choices, { appointment }: Affected, choice: Choice): Choices {
  return new Map(choices).set(appointment.id, { version: appointment.version, choice });
}

/** Takes every suggestion there is; what has none keeps the choice it had. */
export function applySuggestions(choices: Choices, affected: readonly Affected[]): Choices {
  return affected.reduce(
    (next, entry) => (entry.suggestion === null ? next : choose(next, entry, { kind: 'move', ...entry.suggestion })),
    choices,
  );
}

export interface Judged {
  /** To be sent; complete only when nothing is undecided, changed or twice. */
  readonly decisions: readonly Decision[];
  readonly undecided: readonly AppointmentId[];
  /** Decided on, but somebody has changed the appointment since: to be looked at again. */
  readonly changed: readonly AppointmentId[];
  /** Moved to a slot that another one here is moved to as well. */
  readonly twice: readonly AppointmentId[];
}

export function judge(choices: Choices, affected: readonly Affected[]): Judged {
  const decisions: Decision[] = [];
  const undecided: AppointmentId[] = [];
  const changed: AppointmentId[] = [];
  const twice: AppointmentId[] = [];
  const taken = new Set<string>();
  for (const { appointment } of affected) {
    const made = choices.get(appointment.id);
    if (made === undefined) undecided.push(appointment.id);
    else if (made.version !== appointment.version) changed.push(appointment.id);
    else {
      decisions.push({ appointmentId: appointment.id, version: made.version, decision: made.choice });
      if (made.choice.kind !== 'move') continue;
      const place = placeOf(made.choice);
      if (taken.has(place)) twice.push(appointment.id);
      taken.add(place);
    }
  }
  return { decisions, undecided, changed, twice };
}

export function isComplete({ undecided, changed, twice }: Judged): boolean {
  return undecided.length === 0 && changed.length === 0 && twice.length === 0;
}

/** The choice as it may still be shown: one that was made on an older version is not one. */
export function choiceOf(choices: Choices, { appointment }: Affected): Choice | undefined {
  const made = choices.get(appointment.id);
  return made?.version === appointment.version ? made.choice : undefined;
}

export function placeOf({ practitionerId, startsAt }: { practitionerId: PractitionerId; startsAt: Instant }): string {
  return `${practitionerId} ${startsAt}`;
}
