import { RequestId } from '@jaqyn/shared/kernel/ids';
import { getRouteApi } from '@tanstack/react-router';
import { EmergencyCall } from '../parts/emergency-call.tsx';
import { RequestForm } from '../parts/request-form.tsx';

const route = getRouteApi('/signed-in/requests/new');

/** The draft's id is in the address, so a reload finds what was typed. */
export function NewRequestScreen() {
  const { draft, patient, emergency } = route.useSearch();
  const requestId = RequestId.safeParse(draft);
  if (emergency) return <EmergencyCall />;
  if (!requestId.success) return null;
  return <RequestForm key={requestId.data} requestId={requestId.data} patientId={patient} />;
}
