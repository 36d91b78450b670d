import type { ConclusionDocument } from '@jaqyn/shared/consultations/conclusion-document';
import type { SlipLanguage } from '@jaqyn/shared/signatures/signature.contract';
import type { Content } from 'pdfmake/interfaces.js';
import { printable, printPdf } from '../../pdf/pdf-printer.ts';
import type { PrintedSeal } from './conclusion-pdf.ts';
import { formatDay, localDay, QUIET, qrCode } from './document-parts.ts';
import { slipWords } from './document-words.ts';

/** One page in large print for the patient: what to do, when to come again, whom to call. */
export function printSlip(
  document: ConclusionDocument,
  language: SlipLanguage,
  seal: Pick<PrintedSeal, 'verificationUrl'>,
): Promise<Buffer> {
  const words = slipWords[language];
  const { request, specialist, station, conclusion, patient } = document;
  const { content } = conclusion;
  const part = (title: string, text: string): Content[] =>
    text.trim() === ''
      ? []
      : [
          { text: title, bold: true, fontSize: 17, margin: [0, 12, 0, 3], headlineLevel: 1 },
          { text: printable(text), fontSize: 17 },
        ];
  return printPdf({
    title: `${words.title} № ${request.number}`,
    language,
    date: new Date(conclusion.writtenAt),
    footer: (page, pages) => ({
      text: `№ ${request.number}   ${page}/${pages}`,
      margin: [48, 16, 48, 0],
      fontSize: 10,
      color: QUIET,
    }),
    content: [
      { text: words.title, bold: true, fontSize: 26 },
      {
        text: printable(patient === null ? '' : [patient.familyName, patient.givenName].join(' ')),
        fontSize: 20,
        margin: [0, 2, 0, 2],
      },
      {
        text: printable(
          `${words.from}: ${specialist?.displayName ?? '–'}, ${request.specialtyName[language]}, ${formatDay(localDay(conclusion.writtenAt))}`,
        ),
        fontSize: 13,
        color: QUIET,
      },
      { text: words.doThis, bold: true, fontSize: 17, margin: [0, 14, 0, 4] },
      { ol: content.recommendations.map((item) => ({ text: printable(item), margin: [0, 0, 0, 5] })), fontSize: 19 },
      ...part(words.medicines, content.medicines),
      ...part(words.tests, content.furtherTests),
      ...part(words.referral, content.referral),
      ...part(words.comeBack, content.followUpDate === null ? '' : formatDay(content.followUpDate)),
      {
        unbreakable: true,
        margin: [0, 20, 0, 0],
        columns: [
          qrCode(seal.verificationUrl),
          {
            width: '*',
            margin: [16, 0, 0, 0],
            stack: [
              { text: words.worse, bold: true, fontSize: 19, margin: [0, 0, 0, 6] },
              { text: printable(`${words.station}: ${station.name[language]}`), fontSize: 15, margin: [0, 0, 0, 6] },
              { text: `${words.check}: ${seal.verificationUrl}`, fontSize: 9, color: QUIET },
            ],
          },
        ],
      },
    ],
  });
}
