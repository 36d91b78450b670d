import type { AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { RequestId } from '@jaqyn/shared/kernel/ids';
import { createStore } from './store.ts';

interface UnsentFile {
  readonly requestId: RequestId;
  readonly kind: AttachmentKind;
}

/** Files of this user that lie on this device only, without the small copies that go ahead of them. */
export const unsentFiles = createStore<readonly UnsentFile[]>([]);
