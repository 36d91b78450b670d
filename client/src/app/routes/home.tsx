import { Pending } from '../fallbacks.tsx';

export function HomeScreen() {
  return <Pending />;
}
