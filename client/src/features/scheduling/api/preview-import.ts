import * as contract from '@jaqyn/shared/scheduling/roster-import.contract';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What would become of each row of a CSV; changes nothing. `signal` gives it up. */
export function usePreviewImport() {
  return useMutation({
    mutationFn: ({ csv, signal }: { csv: string; signal: AbortSignal }) =>
      call(contract.previewImport, { body: { csv } }, { signal }),
  });
}
