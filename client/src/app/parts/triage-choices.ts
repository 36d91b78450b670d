import { useRegions } from '../../features/scheduling/api/list-regions.ts';
import { useSpecialties } from '../../features/staff/api/list-specialties.ts';
import { useLocalText } from '../../lib/local-text.ts';

/** Where a request can be sent, in the user's language. */
export function useTriageChoices() {
  const localText = useLocalText();
  const specialties = useSpecialties();
  const regions = useRegions();
  const named = ({ code, name }: { code: string; name: Parameters<typeof localText>[0] }) => ({
    code,
    name: localText(name),
  });
  return { specialties: (specialties.data ?? []).map(named), regions: (regions.data ?? []).map(named) };
}
