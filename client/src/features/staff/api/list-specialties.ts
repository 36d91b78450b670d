import * as contract from '@jaqyn/shared/staff/staff.contract';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';
import { useLocalText } from '../../../lib/local-text.ts';

/** Specialties with how many could answer now. The counts grow old quickly, the names never. */
export function useSpecialties() {
  return useQuery({
    queryKey: ['specialties'],
    queryFn: async ({ signal }) => (await call(contract.listSpecialties, undefined, { signal })).specialties,
    refetchInterval: 30_000,
  });
}

/** A specialty's name in the language of the screen; the code until the names are there. */
export function useSpecialtyName(): (code: string) => string {
  const { data } = useSpecialties();
  const localText = useLocalText();
  return (code) => {
    const found = data?.find((specialty) => specialty.code === code);
    return found ? localText(found.name) : code;
  };
}
