import type { PractitionerId, RosterEntryId } from '@jaqyn/shared/kernel/ids';
import * as contract from '@jaqyn/shared/scheduling/roster.contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api-client.ts';

/** What a template would change; asked again whenever the template is another one, and before it is saved. */
export function useTemplatePreview(
  practitionerId: PractitionerId,
  template: contract.TemplateInput | undefined,
  replaces: RosterEntryId | null,
) {
  return useQuery({
    queryKey: ['schedule', 'template-preview', practitionerId, replaces, template],
    queryFn: ({ signal }) =>
      call(
        contract.previewTemplate,
        { params: { practitionerId }, body: { template: template as contract.TemplateInput, replaces } },
        { signal },
      ),
    enabled: template !== undefined,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}
