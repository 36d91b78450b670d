import type { consentTable } from '../../../server/src/modules/consents/consent.table.ts';
import type {
  requestCardTable,
  summaryConfirmationTable,
} from '../../../server/src/modules/consultations/request-card.table.ts';
import { intakeDigest } from '../../../server/src/modules/consultations/request-card-writer.ts';
import type { ConsentText } from '../../../shared/src/consents/consent.ts';
import type { Protocol } from '../../../shared/src/protocols/protocol.contract.ts';
import { demoId } from '../demo-id.ts';
import { Random } from '../random.ts';
import type { PatientRow, RequestRow } from '../rows.ts';

interface Known {
  readonly protocols: readonly Protocol[];
  readonly texts: readonly ConsentText[];
  readonly patients: ReadonlyMap<string, PatientRow>;
}

/** The card of a request of the story: judged by the first protocol, consent read out in most, left out in emergencies. */
export function buildCard(request: RequestRow, { protocols, texts, patients }: Known) {
  const random = new Random(`card ${request.id}`);
  const at = request.createdAt;
  const protocol = protocols.find((one) => one.kind === 'completeness' && one.code === request.specialty);
  const card: typeof requestCardTable.$inferInsert = {
    requestId: request.id,
    version: 1,
    complaints: '',
    anamnesis: '',
    urgencyReason: '',
    pregnancy: 'not_asked',
    notPossible: protocol && random.chance(0.25) ? notPossible(protocol) : '{}',
    protocolId: protocol?.id ?? null,
    intakeSha256: intakeDigest(undefined),
    updatedAt: at,
    updatedBy: request.requestedBy,
  };
  const patient = patients.get(request.patientId ?? '');
  // In the villages of the story nobody is read to in English.
  const text = random.pick(texts.filter(({ language }) => language !== 'en'));
  const representative = representativeOf(patient);
  const isEmergency = request.urgency === 'stat' && random.chance(0.5);
  const base = {
    id: demoId<string>(`consent ${request.id}`, new Date(at)),
    requestId: request.id,
    patientId: request.patientId,
    at,
    recordedBy: request.requestedBy,
  };
  const consent: typeof consentTable.$inferInsert | undefined =
    patient === undefined || random.chance(0.08)
      ? undefined
      : isEmergency
        ? {
            ...base,
            kind: 'emergency',
            textId: null,
            representative: '',
            reason: 'Науқастың есі көмескі, жақыны жоқ / Сознание спутано, близких нет',
          }
        : {
            ...base,
            kind: 'given',
            textId: text.id,
            textVersion: text.version,
            textSha256: text.sha256,
            language: text.language,
            method: representative === '' ? 'oral' : 'representative',
            representative,
            reason: '',
          };
  const confirmation: typeof summaryConfirmationTable.$inferInsert | undefined =
    patient === undefined
      ? undefined
      : {
          requestId: request.id,
          patientId: patient.id,
          summaryVersion: patient.summaryVersion,
          at,
          confirmedBy: request.requestedBy,
        };
  return { card, consent, confirmation };
}

function notPossible(protocol: Protocol): string {
  if (protocol.kind !== 'completeness') return '{}';
  const item = protocol.content.items.find(({ rule }) => rule.kind === 'files');
  return JSON.stringify(item === undefined ? {} : { [item.key]: 'Құрал жөндеуде / Аппарат в ремонте' });
}

function representativeOf(patient: PatientRow | undefined): string {
  if (!patient?.summary) return '';
  const { representatives } = JSON.parse(patient.summary) as { representatives: { name: string }[] };
  return representatives[0]?.name ?? '';
}
