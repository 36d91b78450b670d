import { Pending } from '../fallbacks.tsx';

export function WaitingScreen() {
  return <Pending />;
}
