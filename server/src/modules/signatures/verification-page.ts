import { createHash } from 'node:crypto';
import type { Language } from '@jaqyn/shared/auth/auth.contract';
import { KAZAKHSTAN_OFFSET_MINUTES } from '@jaqyn/shared/kernel/time';
import type { DocumentStatus } from '@jaqyn/shared/signatures/signature.contract';

/** What the page may know: nothing about the patient goes in, so nothing about the patient can come out. */
export interface VerifiedDocument {
  readonly status: DocumentStatus;
  readonly edition: number;
  readonly signerName: string;
  readonly organization: string;
  readonly signedAt: string;
  readonly method: 'local' | 'ncalayer';
  readonly certificateSerial: string;
  readonly hashes: { readonly pdfKk: string; readonly pdfRu: string; readonly document: string };
  readonly supersededBy: { readonly edition: number; readonly signedAt: string } | undefined;
}

/** Why nothing could be said of a document. */
export type Unanswered = { readonly kind: 'too_often'; readonly seconds: number } | { readonly kind: 'failed' };

interface Verdict {
  readonly is: string;
  readonly means: string;
}

interface Words {
  readonly title: string;
  readonly status: Readonly<Record<DocumentStatus | 'unknown', Verdict>>;
  readonly tooOften: (seconds: number) => Verdict;
  readonly failed: Verdict;
  readonly signer: string;
  readonly organization: string;
  readonly signedAt: string;
  readonly edition: string;
  readonly certificate: string;
  readonly replacedBy: (edition: number, date: string) => string;
  readonly hashes: string;
  readonly compare: string;
  readonly pdfKk: string;
  readonly pdfRu: string;
  readonly data: string;
  readonly method: { readonly local: string; readonly ncalayer: string };
  readonly noPatient: string;
  readonly checkedAt: string;
  readonly zone: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  kk: {
    title: 'Құжатты тексеру',
    status: {
      valid: { is: 'Құжат жарамды', means: 'Қол қойылғаннан кейін өзгертілмеген.' },
      superseded: {
        is: 'Құжат ауыстырылған',
        means: 'Дұрыс қол қойылған, бірақ орнына жаңа нұсқа берілген. Жаңасын сұраңыз.',
      },
      revoked: {
        is: 'Қолтаңба кері қайтарылған',
        means: 'Қол қоюшының сертификаты кері қайтарылған. Құжатты қолданбаңыз.',
      },
      invalid: { is: 'Құжат жарамсыз', means: 'Құжат пен қолтаңба бір-біріне сәйкес емес. Құжатты қолданбаңыз.' },
      unknown: {
        is: 'Мұндай құжат жоқ',
        means: 'Бұл мекенжай бойынша қол қойылған құжат табылмады. Құжатты қолданбаңыз.',
      },
    },
    tooOften: (seconds) => ({
      is: 'Әлі тексерілген жоқ',
      means: `Осы желіден құжаттар тым жиі тексерілді. ${seconds} секундтан кейін бетті жаңартыңыз. Құжаттың өзі туралы бұл ештеңе білдірмейді.`,
    }),
    failed: {
      is: 'Қазір тексеру мүмкін емес',
      means:
        'Қате біздің серверде болды, құжаттың өзі туралы бұл ештеңе білдірмейді. Бірнеше минуттан кейін бетті жаңартыңыз.',
    },
    signer: 'Қол қойған',
    organization: 'Ұйым',
    signedAt: 'Қол қойылған уақыты',
    edition: 'Нұсқа',
    certificate: 'Сертификат нөмірі',
    replacedBy: (edition, date) => `Орнына ${date} қол қойылған ${edition}-нұсқа берілді.`,
    hashes: 'Файлдардың SHA-256 бақылау сомалары',
    compare: 'Қолыңыздағы файлдың бақылау сомасы осындағымен бірдей болуы керек.',
    pdfKk: 'PDF, қазақша',
    pdfRu: 'PDF, орысша',
    data: 'Деректер (JSON)',
    method: {
      local: 'Бұл – Jaqyn жүйесінің өз қолтаңбасы, білікті электрондық цифрлық қолтаңба емес.',
      ncalayer: 'ҚР Ұлттық куәландырушы орталығының кілтімен қол қойылған.',
    },
    noPatient: 'Бұл бетте науқас туралы мәлімет көрсетілмейді.',
    checkedAt: 'Тексерілді',
    zone: 'Қазақстан уақыты',
  },
  ru: {
    title: 'Проверка документа',
    status: {
      valid: { is: 'Документ действителен', means: 'После подписания не изменялся.' },
      superseded: {
        is: 'Документ заменён',
        means: 'Подписан верно, но вместо него выдана новая редакция. Попросите новую.',
      },
      revoked: { is: 'Подпись отозвана', means: 'Сертификат подписавшего отозван. Не используйте документ.' },
      invalid: {
        is: 'Документ недействителен',
        means: 'Документ и подпись не соответствуют друг другу. Не используйте документ.',
      },
      unknown: {
        is: 'Такого документа нет',
        means: 'По этому адресу нет подписанного документа. Не используйте документ.',
      },
    },
    tooOften: (seconds) => ({
      is: 'Ещё не проверено',
      means: `Из этой сети документы проверяли слишком часто. Обновите страницу через ${seconds} с. О самом документе это ничего не говорит.`,
    }),
    failed: {
      is: 'Проверить сейчас нельзя',
      means:
        'Ошибка на нашем сервере, о самом документе это ничего не говорит. Обновите страницу через несколько минут.',
    },
    signer: 'Подписал(а)',
    organization: 'Организация',
    signedAt: 'Время подписания',
    edition: 'Редакция',
    certificate: 'Номер сертификата',
    replacedBy: (edition, date) => `Заменён редакцией ${edition}, подписанной ${date}.`,
    hashes: 'Контрольные суммы SHA-256 файлов',
    compare: 'Сумма файла, который у вас на руках, должна совпадать с указанной здесь.',
    pdfKk: 'PDF на казахском',
    pdfRu: 'PDF на русском',
    data: 'Данные (JSON)',
    method: {
      local: 'Это собственная подпись системы Jaqyn, а не квалифицированная электронная подпись (ЭЦП).',
      ncalayer: 'Подписано ключом Национального удостоверяющего центра РК.',
    },
    noPatient: 'Сведений о пациенте на этой странице нет.',
    checkedAt: 'Проверено',
    zone: 'время Казахстана',
  },
  en: {
    title: 'Document check',
    status: {
      valid: { is: 'The document is valid', means: 'It has not been changed since it was signed.' },
      superseded: {
        is: 'The document was replaced',
        means: 'It was signed correctly, but a newer edition was issued. Ask for that one.',
      },
      revoked: {
        is: 'The signature was revoked',
        means: 'The signer’s certificate was revoked. Do not use the document.',
      },
      invalid: {
        is: 'The document is not valid',
        means: 'The document and its signature do not fit together. Do not use it.',
      },
      unknown: {
        is: 'There is no such document',
        means: 'No signed document has this address. Do not use the document.',
      },
    },
    tooOften: (seconds) => ({
      is: 'Not checked yet',
      means: `Documents were looked up too often from this network. Reload the page in ${seconds} s. This says nothing about the document itself.`,
    }),
    failed: {
      is: 'It cannot be checked now',
      means: 'The fault is on our server and says nothing about the document itself. Reload the page in a few minutes.',
    },
    signer: 'Signed by',
    organization: 'Organisation',
    signedAt: 'Signed at',
    edition: 'Edition',
    certificate: 'Certificate number',
    replacedBy: (edition, date) => `Replaced by edition ${edition}, signed ${date}.`,
    hashes: 'SHA-256 of the files',
    compare: 'The sum of the file you hold must equal the one shown here.',
    pdfKk: 'PDF in Kazakh',
    pdfRu: 'PDF in Russian',
    data: 'Data (JSON)',
    method: {
      local: 'This is Jaqyn’s own signature, not a qualified electronic signature.',
      ncalayer: 'Signed with a key of the National Certification Authority of Kazakhstan.',
    },
    noPatient: 'This page says nothing about the patient.',
    checkedAt: 'Checked',
    zone: 'Kazakhstan time',
  },
};

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };

const SHAPES: Readonly<Record<DocumentStatus | 'unknown', string>> = {
  valid: '✔',
  superseded: '!',
  revoked: '✖',
  invalid: '✖',
  unknown: '?',
};

const STYLE = `
:root{color-scheme:light;font:1.0625rem/1.5 system-ui,sans-serif}
body{margin:0;background:#f4f6f6;color:#16232b}
main{max-width:44rem;margin:0 auto;padding:1rem}
nav{display:flex;gap:1rem;justify-content:flex-end;flex-wrap:wrap}
nav a{color:#0b5563;padding:.6rem .2rem}nav a[aria-current]{color:#16232b;font-weight:600;text-decoration:none}
h1{font-size:1.2rem;font-weight:600;margin:.5rem 0}
h2{font-size:1.05rem;margin:1.2rem 0 .2rem}
.card{background:#fff;border:1px solid #c9d2d6;border-radius:8px;padding:1rem}
.status{display:flex;gap:.9rem;align-items:center;border-radius:8px;padding:.9rem 1rem;margin:0 0 1rem;border:2px solid}
.status:last-child{margin:0}
.status b{font-size:1.45rem;line-height:1.25;display:block}
.shape{font-size:1.8rem;line-height:1;font-weight:700}
.valid{background:#e6f4ea;border-color:#1f6b3a;color:#124a27}
.superseded{background:#fff3d6;border-color:#8a5a00;color:#5f3e00}
.revoked,.invalid,.unknown{background:#fde8e6;border-color:#a3231c;color:#7d1a15}
dl{margin:0;display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.35rem 1rem}
dt{color:#4a5a63}dd{margin:0;overflow-wrap:anywhere}
code{font:.875rem/1.45 ui-monospace,monospace;overflow-wrap:anywhere}
.quiet{color:#4a5a63;font-size:.95rem}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{body{background:#fff}nav{display:none}.card{border:0;padding:0}}
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing runs, nothing is loaded, nobody frames it; the one style is named by its hash. */
export const VERIFICATION_CSP = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

interface PageOptions {
  readonly language: Language;
  readonly path: string;
  readonly now: Date;
}

/** The whole page, without a script. `document` undefined: nothing is known under that address. */
export function renderVerificationPage(document: VerifiedDocument | undefined, options: PageOptions): string {
  const words = WORDS[options.language];
  const status = document?.status ?? 'unknown';
  const moment = formatMoment(options.now.toISOString());
  return page(
    { tone: status, shape: SHAPES[status], ...words.status[status] },
    `${document === undefined ? '' : details(document, words)}
<p class="quiet">${words.noPatient} ${words.checkedAt}: ${moment}, ${words.zone}.</p>`,
    options,
  );
}

/** The same page where the question got no answer: whoever scanned a code reads words here, too. */
export function renderUnanswered(why: Unanswered, options: PageOptions): string {
  const words = WORDS[options.language];
  const verdict = why.kind === 'too_often' ? words.tooOften(why.seconds) : words.failed;
  return page({ tone: 'superseded', shape: '!', ...verdict }, '', options);
}

function page(
  { tone, shape, is, means }: Verdict & { readonly tone: string; readonly shape: string },
  content: string,
  { language, path }: PageOptions,
): string {
  const links = (Object.keys(LANGUAGE_NAMES) as Language[])
    .map(
      (one) =>
        `<a href="${escape(path)}?lang=${one}" lang="${one}" hreflang="${one}"${one === language ? ' aria-current="true"' : ''}>${LANGUAGE_NAMES[one]}</a>`,
    )
    .join('');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex,nofollow"><title>${is} · Jaqyn</title><style>${STYLE}</style></head>
<body><main><nav aria-label="Тіл · Язык · Language">${links}</nav><h1>${WORDS[language].title}</h1>
<div class="card"><div class="status ${tone}"><span class="shape" aria-hidden="true">${shape}</span><div><b>${is}</b>${means}</div></div>
${content}</div></main></body></html>
`;
}

function details(document: VerifiedDocument, words: Words): string {
  const { supersededBy, hashes } = document;
  const rows = [
    [words.signer, document.signerName],
    [words.organization, document.organization],
    [words.signedAt, `${formatMoment(document.signedAt)}, ${words.zone}`],
    [words.edition, String(document.edition)],
    [words.certificate, document.certificateSerial],
  ] as const;
  const sums = [
    [words.pdfKk, hashes.pdfKk],
    [words.pdfRu, hashes.pdfRu],
    [words.data, hashes.document],
  ] as const;
  return `${supersededBy === undefined ? '' : `<p><b>${escape(words.replacedBy(supersededBy.edition, formatMoment(supersededBy.signedAt)))}</b></p>`}
<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
<p>${words.method[document.method]}</p>
<h2>${words.hashes}</h2><p class="quiet">${words.compare}</p>
<dl>${sums.map(([name, value]) => `<dt>${name}</dt><dd><code>${escape(value)}</code></dd>`).join('')}</dl>`;
}

function formatMoment(instant: string): string {
  const local = new Date(Date.parse(instant) + KAZAKHSTAN_OFFSET_MINUTES * 60_000).toISOString();
  return `${local.slice(0, 10).split('-').reverse().join('.')} ${local.slice(11, 16)}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
