import { Pending } from '../fallbacks.tsx';

export function NewRequestScreen() {
  return <Pending />;
}
