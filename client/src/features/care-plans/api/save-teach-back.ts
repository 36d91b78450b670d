import * as contract from '@jaqyn/shared/consultations/care-plan.contract';
import type { EndpointCall } from '@jaqyn/shared/kernel/endpoint';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { call } from '../../../lib/api-client.ts';

/** Keeps the answers on the server while they are being given. */
export function saveTeachBack(
  requestId: RequestId,
  body: EndpointCall<typeof contract.saveTeachBack>['body'],
): Promise<contract.TeachBack> {
  return call(contract.saveTeachBack, { params: { requestId }, body });
}
