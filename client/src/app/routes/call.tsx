import { Pending } from '../fallbacks.tsx';

export function CallScreen() {
  return <Pending />;
}
