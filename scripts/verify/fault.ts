import type { LogCheck } from '../../server/src/modules/audit/log-verifier.ts';

/** What a verification found wrong. */
export interface Fault {
  readonly check: LogCheck | 'triggers' | 'records' | 'signatures' | 'evidence';
  /** The entry of the log that is bad or that the bad thing belongs to; null where there is none. */
  readonly seq: number | null;
  readonly says: string;
}
