import { Pending } from '../fallbacks.tsx';

export function WorklistScreen() {
  return <Pending />;
}
