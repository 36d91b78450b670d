import type { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import { useTeachBack } from '../../features/care-plans/api/get-teach-back.ts';
import { AnswersView } from '../../features/care-plans/components/answers-view.tsx';

/** For the specialist: what became of what they advised. Beside the conclusion, so that it may fail without it. */
export function PatientAnswers({ conclusion }: { conclusion: Conclusion }) {
  const { data } = useTeachBack(conclusion.requestId, true);
  if (data === undefined || data.teachBack.compositionId !== conclusion.id) return null;
  return <AnswersView stored={data.teachBack} tasks={data.tasks} content={conclusion.content} />;
}
