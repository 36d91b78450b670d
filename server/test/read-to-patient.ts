import { type Answer, listRecommendations } from '@jaqyn/shared/consultations/care-plan';
import type { Consultation } from '@jaqyn/shared/consultations/consultation.contract';
import type { CareTaskId, RequestId } from '@jaqyn/shared/kernel/ids';
import type { CalendarDate } from '@jaqyn/shared/kernel/time';
import type { Actor } from '../src/kernel/actor.ts';
import type { CarePlanService } from '../src/modules/consultations/care-plan.service.ts';
import type { ConclusionService } from '../src/modules/consultations/conclusion.service.ts';

interface Services {
  readonly carePlans: Pick<CarePlanService, 'getTeachBack' | 'acknowledge'>;
  readonly conclusions: Pick<ConclusionService, 'getConclusion'>;
}

/** Reads the signed conclusion to the patient, who can do everything but what is in `cannot`. */
export async function readToPatient(
  { carePlans, conclusions }: Services,
  actor: Actor,
  id: RequestId,
  more: { cannot?: readonly number[]; tasks?: { id: CareTaskId; text: string; dueOn: CalendarDate }[] } = {},
): Promise<Consultation> {
  const { id: compositionId, content } = await conclusions.getConclusion(actor, id);
  const answers = listRecommendations(content).map(({ index }): Answer => {
    const isPossible = more.cannot?.includes(index) !== true;
    return { index, kind: isPossible ? 'done' : 'cannot', reason: isPossible ? '' : 'Дәріхана жоқ' };
  });
  return carePlans.acknowledge(actor, id, { compositionId, answers, tasks: more.tasks ?? [] });
}
