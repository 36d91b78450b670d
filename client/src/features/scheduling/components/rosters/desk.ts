import type { PractitionerId, SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { RosterException, Template } from '@jaqyn/shared/scheduling/roster.contract';
import type { HealthcareService, SpecialDay } from '@jaqyn/shared/scheduling/service.contract';
import type { ReactNode } from 'react';

/** What every form of one specialist's roster works with. */
export interface Desk {
  readonly practitioner: {
    readonly id: PractitionerId;
    readonly displayName: string;
    readonly specialty: SpecialtyCode;
  };
  readonly today: CalendarDate;
  /** Of the specialist's specialty and not retired. */
  readonly services: readonly HealthcareService[];
  readonly templates: readonly Template[];
  readonly exceptions: readonly RosterException[];
  readonly specialDays: readonly SpecialDay[];
  nameOf(practitionerId: PractitionerId): string | undefined;
  /** The change is on the server: the words say what was done. */
  onDone(words: ReactNode): void;
  onClose(): void;
}
