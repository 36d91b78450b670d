import type { DangerCheckInput } from '@jaqyn/shared/consultations/request-card.contract';
import type { Urgency } from '@jaqyn/shared/consultations/urgency';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import { localDate } from '@jaqyn/shared/kernel/time';
import { asksPregnancy, isMinor } from '@jaqyn/shared/patients/age';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { type Completeness, type CompletenessFacts, judgeCompleteness } from '@jaqyn/shared/protocols/completeness';
import { listApplicable } from '@jaqyn/shared/protocols/danger-signs';
import type { DangerProtocol } from '@jaqyn/shared/protocols/protocol.contract';
import type { CardDraft } from '../../features/consultations/card-draft.ts';
import { useProtocols } from '../../features/protocols/api/list-protocols.ts';
import { raisedByFound, toDangerCheck } from '../../features/protocols/found-signs.ts';
import { serverNow } from '../../lib/clock.ts';

interface Known {
  readonly card: CardDraft;
  readonly patient: Patient | null;
  readonly specialty: string | null;
  /** The newest of each sign. */
  readonly vitals: Vitals;
  readonly preliminaryCode: string | undefined;
  readonly files?: CompletenessFacts['files'];
}

export interface CardJudgement {
  readonly isMinor: boolean;
  readonly asksPregnancy: boolean;
  /** Danger signs that are to be looked for; empty also while the protocols are on their way. */
  readonly danger: readonly DangerProtocol[];
  readonly raisedTo: Urgency | undefined;
  readonly dangerCheck: DangerCheckInput | undefined;
  readonly completeness: Completeness | undefined;
}

/** The card as it is typed, judged by the rules the server judges it by. */
export function useRequestCard({
  card,
  patient,
  specialty,
  vitals,
  preliminaryCode,
  files = {},
}: Known): CardJudgement {
  const { data: protocols = [] } = useProtocols();
  const today = localDate(new Date(serverNow()));
  const all = protocols.flatMap((one) => (one.kind === 'danger_signs' ? [one] : []));
  const danger = listApplicable(all, patient, card.pregnancy, today);
  const dangerCheck = toDangerCheck(danger, card.found, vitals, card.overrideReason);
  const protocol = protocols.find((one) => one.kind === 'completeness' && one.code === specialty);
  return {
    isMinor: patient !== null && isMinor(patient.birthDate, today),
    asksPregnancy: patient !== null && asksPregnancy(patient, today),
    danger,
    raisedTo: raisedByFound(danger, card.found, vitals),
    dangerCheck,
    completeness:
      protocol?.kind === 'completeness'
        ? judgeCompleteness(protocol.content, {
            summary: patient?.summary ?? null,
            vitals: [vitals],
            complaints: card.complaints,
            anamnesis: card.anamnesis,
            preliminaryCode,
            files,
            dangerCheck: danger.length === 0 ? 'not_applicable' : dangerCheck ? 'done' : 'open',
            notPossible: card.notPossible,
          })
        : undefined,
  };
}
