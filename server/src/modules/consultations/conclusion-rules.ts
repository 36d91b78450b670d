import { randomBytes } from 'node:crypto';
import type { Conclusion } from '@jaqyn/shared/consultations/conclusion.contract';
import {
  type ConsultationState,
  consultationTransitions,
  isIn,
} from '@jaqyn/shared/consultations/consultation.machine';
import { DomainError } from '../../kernel/domain-error.ts';
import type { StoredConclusion } from './conclusion.repository.ts';
import { readConclusionDocument } from './conclusion-document.ts';
import type { RequestRow } from './consultation.repository.ts';

/** States in which the specialist signs. */
const SIGNABLE = ['in_call', 'interrupted', 'async_assigned', 'conclusion_draft', 'awaiting_signature'] as const;
/** Writing goes on while the station is asked for more. */
const WRITABLE = [...SIGNABLE, 'info_requested'] as const;
/** States in which a signed conclusion may be amended. */
export const AMENDABLE = consultationTransitions.amend.from;

/** Throws `conclusion.signed`, `consultation.cancelled`, `consultation.state_conflict`. */
export function assertWritable(row: RequestRow, conclusion: StoredConclusion | undefined): void {
  assertOpen(row, conclusion, WRITABLE);
}

/** Throws as {@link assertWritable}. */
export function assertSignable(row: RequestRow, conclusion: StoredConclusion): void {
  assertOpen(row, conclusion, SIGNABLE);
}

function assertOpen(
  row: RequestRow,
  conclusion: StoredConclusion | undefined,
  states: readonly ConsultationState[],
): void {
  if (conclusion !== undefined && conclusion.status !== 'preliminary') throw new DomainError('conclusion.signed');
  if (isIn(row.status, conclusion !== undefined && conclusion.edition > 1 ? AMENDABLE : states)) return;
  throw new DomainError(row.status === 'cancelled' ? 'consultation.cancelled' : 'consultation.state_conflict');
}

export function toView({ token: _token, signedBytes, ...view }: StoredConclusion): Conclusion {
  // From the signed bytes, so that the screen names the same changes as the paper.
  const signed = signedBytes === null ? undefined : readConclusionDocument(signedBytes);
  return { ...view, changes: signed?.amendment?.changes ?? [] };
}

/** Where the QR code leads. */
export function verificationUrl(publicOrigin: string, token: string): string {
  return `${publicOrigin}/v/${token}`;
}

/** 128 random bits: nobody finds a document by trying. */
export function newToken(): string {
  return randomBytes(16).toString('base64url');
}
