import { AttachmentKind } from '@jaqyn/shared/attachments/attachment.contract';
import type { DangerCheck, RequestCard } from '@jaqyn/shared/consultations/request-card.contract';
import type { Vitals } from '@jaqyn/shared/consultations/vitals';
import { localDate } from '@jaqyn/shared/kernel/time';
import type { Patient } from '@jaqyn/shared/patients/patient.contract';
import { type CompletenessFacts, countCategories, judgeCompleteness } from '@jaqyn/shared/protocols/completeness';
import { listApplicable } from '@jaqyn/shared/protocols/danger-signs';
import type { DangerProtocol } from '@jaqyn/shared/protocols/protocol.contract';
import { toConsent } from '../consents/consent.service.ts';
import type { RequestRow } from './consultation.repository.ts';
import { type CardDetails, type CardRow, checkedProtocols } from './request-card.repository.ts';

interface Known {
  readonly request: Pick<RequestRow, 'id' | 'createdAt' | 'preliminaryCode'>;
  readonly patient: Patient | null;
  readonly vitals: readonly Vitals[];
  /** Every version of the danger protocols, by code, the oldest first. */
  readonly danger: readonly DangerProtocol[];
}

/** The card as its readers see it; undefined for a request from before there were cards. */
export function toCard(details: CardDetails, known: Known): RequestCard | undefined {
  const row = details.cards.get(known.request.id);
  if (row === undefined) return undefined;
  const facts = factsOf(details, row, known);
  const protocol = row.protocolId === null ? undefined : details.protocols.get(row.protocolId);
  const consent = details.consents.get(row.requestId);
  return {
    complaints: row.complaints,
    anamnesis: row.anamnesis,
    urgencyReason: row.urgencyReason,
    pregnancy: row.pregnancy,
    notPossible: notPossibleOf(row),
    version: row.version,
    completeness:
      protocol?.kind === 'completeness'
        ? {
            protocolId: protocol.id,
            protocolVersion: protocol.version,
            ...judged(protocol.content, facts),
          }
        : null,
    asksDanger: facts.dangerCheck !== 'not_applicable',
    dangerCheck: dangerCheckOf(details, row),
    consent: consent === undefined ? null : toConsent(consent.consent, consent.byName),
    summaryConfirmedAt: (details.confirmations.get(row.requestId)?.at ?? null) as RequestCard['summaryConfirmedAt'],
  };
}

/** What completeness is judged by. */
export function factsOf(details: CardDetails, row: CardRow, known: Known): CompletenessFacts {
  const { request, patient, vitals, danger } = known;
  const isChecked = details.checks.has(row.requestId);
  const day = localDate(new Date(request.createdAt));
  // Those that were in force when the request was made: the last of each code that had begun.
  const begun = danger.filter(({ effectiveFrom }) => effectiveFrom <= day);
  const inForce = [...new Map(begun.map((protocol) => [protocol.code, protocol])).values()];
  const applies = listApplicable(inForce, patient, row.pregnancy, day).length > 0;
  return {
    summary: patient?.summary ?? null,
    vitals,
    complaints: row.complaints,
    anamnesis: row.anamnesis,
    preliminaryCode: request.preliminaryCode ?? undefined,
    files: filesOf(details, row.requestId),
    dangerCheck: isChecked ? 'done' : applies ? 'open' : 'not_applicable',
    notPossible: notPossibleOf(row),
  };
}

function judged(content: Parameters<typeof judgeCompleteness>[0], facts: CompletenessFacts) {
  const { ready, expected, items } = judgeCompleteness(content, facts);
  return { ready, expected, items: [...items] };
}

function filesOf(details: CardDetails, requestId: string): CompletenessFacts['files'] {
  const files = details.files.get(requestId) ?? [];
  return countCategories(
    files.flatMap(({ kind, count }) => {
      const known = AttachmentKind.safeParse(kind);
      return known.success ? [{ kind: known.data, count }] : [];
    }),
  );
}

function dangerCheckOf(details: CardDetails, row: CardRow): DangerCheck | null {
  const found = details.checks.get(row.requestId);
  if (found === undefined) return null;
  const { check, byName } = found;
  const judgedBy = checkedProtocols(check).flatMap(({ id, signs }) => {
    const protocol = details.protocols.get(id);
    return protocol?.kind === 'danger_signs' ? [{ protocol, signs }] : [];
  });
  return {
    protocols: judgedBy.map(({ protocol: { id, version, content } }) => ({ id, version, title: content.title })),
    signs: judgedBy.flatMap(({ protocol, signs }) =>
      protocol.content.signs
        .filter(({ key }) => signs.includes(key))
        .map(({ key, text, raisesTo }) => ({ key, text, raisesTo })),
    ),
    raisedTo: check.raisedTo,
    overrideReason: check.overrideReason,
    at: check.at as DangerCheck['at'],
    byName,
  };
}

function notPossibleOf(row: CardRow): Record<string, string> {
  return JSON.parse(row.notPossible) as Record<string, string>;
}
