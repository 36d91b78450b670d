import type { RequestId } from '@jaqyn/shared/kernel/ids';
import type { Tx } from '../../db/store.ts';

/** What a conclusion asks of those who keep what was measured of its consult. Texts are canonical JSON. */
export interface EvidenceKeeper {
  /** What is known now, kept under this version of the conclusion; unchanged when nothing new was measured. */
  freeze(requestId: RequestId, compositionId: string, version: number): Promise<string>;
  /** What the preview of this version showed. */
  findFrozen(compositionId: string, version: number): Promise<string | undefined>;
  /** What was signed with this conclusion, with its SHA-256; undefined where nothing measured was. */
  findSealed(tx: Tx, compositionId: string): Promise<{ canonical: string; sha256: string } | undefined>;
  /** In the unit of work that signs: never changes again. False when it is no longer what was signed. */
  seal(tx: Tx, compositionId: string, canonical: string): Promise<boolean>;
}
