import { Pending } from '../fallbacks.tsx';

export function CoordinatorScreen() {
  return <Pending />;
}
