import type { DocumentChange } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ConclusionDocument, DocumentConsent } from '@jaqyn/shared/consultations/conclusion-document';
import { VITAL_CODES } from '@jaqyn/shared/consultations/vitals';
import type { DocumentLanguage, SignatureMethod } from '@jaqyn/shared/signatures/signature.contract';
import type { Content, TableCell } from 'pdfmake/interfaces.js';
import { printable, printPdf } from '../../pdf/pdf-printer.ts';
import { formatDay, formatMoment, grid, heading, QUIET, qrCode, quiet, section } from './document-parts.ts';
import { documentWords } from './document-words.ts';

/** What the page says beside the document itself. */
export interface PrintedSeal {
  /** SHA-256 of the canonical JSON, hex. */
  readonly sha256: string;
  readonly verificationUrl: string;
  readonly method: SignatureMethod;
}

const COLUMNS = 4;

/** The signed document in one of the two official languages, A4: everything the canonical JSON says, and nothing else. */
export function printConclusion(
  document: ConclusionDocument,
  language: DocumentLanguage,
  seal: PrintedSeal,
): Promise<Buffer> {
  const words = documentWords[language];
  const { request, patient, specialist, station, requestedBy, conclusion, amendment } = document;
  const { content } = conclusion;
  const name = `№ ${request.number}${conclusion.edition === 1 ? '' : `, ${words.edition(conclusion.edition)}`}`;
  const facts: [string, string][] = [
    ...(patient === null
      ? []
      : ([
          [words.patient, [patient.familyName, patient.givenName, patient.middleName].filter(Boolean).join(' ')],
          [words.iin, patient.iin ?? words.unknown],
          [words.born, `${formatDay(patient.birthDate)}, ${words.sex[patient.sex]}`],
          [words.allergies, allergiesOf(patient.allergies, words)],
        ] as [string, string][])),
    [words.specialist, specialist === null ? '–' : `${specialist.displayName}, ${request.specialtyName[language]}`],
    [words.organization, specialist?.organizationName[language] ?? '–'],
    [words.station, `${station.name[language]}, ${requestedBy.displayName}`],
    [words.request, `${name}, ${words.urgency[request.urgency]}`],
    [words.called, formatMoment(request.createdAt)],
    ...(request.answeredAt === null
      ? []
      : ([[words.answered, formatMoment(request.answeredAt)]] as [string, string][])),
    [words.written, formatMoment(conclusion.writtenAt)],
  ];
  const { diagnosis } = content;
  return printPdf({
    title: `${words.title} ${name}`,
    language,
    date: new Date(conclusion.writtenAt),
    footer: (page, pages) => ({
      margin: [48, 16, 48, 0],
      columns: [
        { text: name, fontSize: 8.5, color: QUIET },
        { text: words.page(page, pages), alignment: 'right', fontSize: 8.5, color: QUIET },
      ],
    }),
    content: [
      { text: specialist?.organizationName[language] ?? '', color: QUIET, fontSize: 9.5 },
      { text: words.title, bold: true, fontSize: 17, margin: [0, 2, 0, 8] },
      ...(amendment === null ? [] : [amended(amendment, words, (change) => words.fields[change.field])]),
      grid(
        ['32%', '*'],
        [
          ...facts.map(([label, value]) => [quiet(label), { text: printable(value) }]),
          ...(document.consent === undefined ? [] : [[quiet(words.consent), consentCell(document.consent, words)]]),
        ],
        // Allergies may be a long list.
        { isTall: true },
      ),
      ...section(words.reason, request.reason),
      ...section(words.complaints, request.complaints ?? ''),
      ...section(words.anamnesis, request.anamnesis ?? ''),
      ...section(words.preliminary, request.preliminaryCode ?? ''),
      ...vitalTables(document, words),
      ...(document.files === undefined ? [] : [heading(words.files), fileTable(document.files, words)]),
      ...section(words.fields.findings, content.findings),
      heading(words.fields.diagnosis),
      {
        text: [
          { text: printable([diagnosis.code, diagnosis.text].filter(Boolean).join('  ')), bold: true },
          { text: `  (${words.certainty[diagnosis.certainty]})`, color: QUIET },
        ],
      },
      ...(diagnosis.others ?? []).map(({ kind, code, text }) => ({
        text: printable(`${words.otherDiagnosis[kind]}: ${[code, text].filter(Boolean).join('  ')}`),
        margin: [0, 2, 0, 0] as [number, number, number, number],
      })),
      heading(words.fields.recommendations),
      { ol: content.recommendations.map((item) => ({ text: printable(item), margin: [0, 0, 0, 2] })) },
      ...section(words.fields.medicines, content.medicines),
      ...section(words.fields.furtherTests, content.furtherTests),
      ...section(words.fields.referral, content.referral),
      ...section(words.fields.followUpDate, content.followUpDate === null ? '' : formatDay(content.followUpDate)),
      ...section(words.fields.limits, content.limits),
      {
        unbreakable: true,
        margin: [0, 18, 0, 0],
        columns: [
          qrCode(seal.verificationUrl),
          {
            width: '*',
            margin: [14, 0, 0, 0],
            stack: [
              { text: `${words.signature}: ${printable(specialist?.displayName ?? '–')}`, bold: true },
              { text: words[seal.method === 'local' ? 'notQualified' : 'nationalKey'], margin: [0, 2, 0, 4] },
              { text: `${words.verify}:`, color: QUIET, fontSize: 9 },
              { text: seal.verificationUrl, fontSize: 9 },
              { text: `SHA-256 ${seal.sha256}`, color: QUIET, fontSize: 7.5, margin: [0, 4, 0, 0] },
            ],
          },
        ],
      },
    ],
  });
}

type Words = (typeof documentWords)[DocumentLanguage];

function amended(
  amendment: NonNullable<ConclusionDocument['amendment']>,
  words: Words,
  nameOf: (change: DocumentChange) => string,
): Content {
  const { replaces, reason, changes } = amendment;
  const value = (field: DocumentChange['field'], text: string): TableCell => ({
    text: text === '' ? words.empty : printable(field === 'followUpDate' ? formatDay(text) : text),
    color: text === '' ? QUIET : undefined,
  });
  return {
    margin: [0, 0, 0, 10],
    stack: [
      { text: words.amendment(replaces.edition, formatMoment(replaces.signedAt)), bold: true },
      { text: [quiet(`${words.amendReason}: `), { text: printable(reason) }], margin: [0, 2, 0, 4] },
      grid(
        ['22%', '*', '*'],
        [
          [quiet(''), quiet(words.was), quiet(words.is)],
          ...changes.map((change) => [
            quiet(nameOf(change)),
            value(change.field, change.before),
            value(change.field, change.after),
          ]),
        ],
        { headerRows: 1, isTall: true },
      ),
    ],
  };
}

/** Times run to the right; more than fit go into another table. */
function vitalTables({ observations }: ConclusionDocument, { vitals: title, vital: names }: Words): Content[] {
  const tables: Content[] = [];
  for (let start = 0; start < observations.length; start += COLUMNS) {
    const sets = observations.slice(start, start + COLUMNS);
    const codes = VITAL_CODES.filter((code) => sets.some(({ vitals }) => vitals[code] !== undefined));
    const table = grid(
      ['38%', ...sets.map(() => '*')],
      [
        [quiet(''), ...sets.map(({ takenAt }) => quiet(formatMoment(takenAt)))],
        ...codes.map((code) => [
          quiet(names[code]),
          ...sets.map(({ vitals }) => ({ text: String(vitals[code] ?? '–').replace('.', ',') })),
        ]),
        [quiet(''), ...sets.map(({ takenBy }) => quiet(printable(takenBy)))],
      ],
      { headerRows: 1 },
    );
    // A dozen rows at most: who measured stays with what was measured.
    tables.push({ unbreakable: true, stack: start === 0 ? [heading(title), table] : [table] });
  }
  return tables;
}

/** What was looked at: the hash binds the picture to the signature, whoever keeps the file. */
function fileTable(files: NonNullable<ConclusionDocument['files']>, words: Words): Content {
  return grid(
    ['26%', '20%', '*'],
    files.map(({ kind, note, storedAt, mediaType, byteLength, sha256 }) => [
      { text: printable([words.fileKind[kind], note].filter(Boolean).join(': ')) },
      quiet(formatMoment(storedAt)),
      { text: `${mediaType}, ${byteLength} B, SHA-256 ${sha256}`, color: QUIET, fontSize: 7.5 },
    ]),
  );
}

/** What was agreed to, and the hash of the very text that was read. */
function consentCell(consent: DocumentConsent | null, words: Words): TableCell {
  if (consent === null) return quiet(words.consentMissing);
  const { kind, text, method, representative, reason, at, byName } = consent;
  const said =
    kind === 'given'
      ? [
          method && `${words.consentMethod[method]}${representative === '' ? '' : ` (${representative})`}`,
          text && words.consentText(text.language, text.version),
        ]
      : [kind === 'emergency' ? words.consentEmergency : words.consentWithdrawn, reason];
  const line = [formatMoment(at), ...said, words.consentBy(byName)].filter(Boolean).join('; ');
  return {
    stack: [
      { text: printable(line) },
      ...(text === null ? [] : [{ text: `SHA-256 ${text.sha256}`, color: QUIET, fontSize: 7.5 }]),
    ],
  };
}

function allergiesOf(allergies: string | null, words: Words): string {
  if (allergies === null) return words.allergiesUnknown;
  return allergies === '' ? words.allergiesNone : allergies;
}
