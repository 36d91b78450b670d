import { Pending } from '../fallbacks.tsx';

export function ResultScreen() {
  return <Pending />;
}
