import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { lazy, Suspense } from 'react';
import { loadMoreTexts } from '../../lib/i18n.ts';
import { Skeleton } from '../../ui/skeleton.tsx';

// The question and its words come when they are looked at.
const Panel = lazy(async () => {
  const [{ PatientConfirmationPanel }] = await Promise.all([
    import('../../features/evidence/components/patient-confirmation.tsx'),
    loadMoreTexts(),
  ]);
  return { default: PatientConfirmationPanel };
});

/** What the patient says of the consult, at the station. */
export function OwnWord({ requestId }: { requestId: RequestId }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <Panel requestId={requestId} />
    </Suspense>
  );
}
