import { Pending } from '../fallbacks.tsx';

export function SpecialistConsultScreen() {
  return <Pending />;
}
