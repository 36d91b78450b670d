import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, create as openFont } from 'fontkit';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';

// The package's own Roboto (Apache-2.0): every Kazakh and Russian letter, regular and medium.
const FACES = { normal: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf' } as const;

const require = createRequire(import.meta.url);
let regular: Font | undefined;

/** In the package and not in its types. */
const files = pdfmake as typeof pdfmake & {
  readonly virtualfs: { writeFileSync(name: string, bytes: Buffer): void };
};

function prepare(): Font {
  if (regular !== undefined) return regular;
  for (const file of Object.values(FACES)) {
    files.virtualfs.writeFileSync(file, readFileSync(require.resolve(`pdfmake/fonts/Roboto/${file}`)));
  }
  pdfmake.setFonts({ Roboto: FACES });
  // Nothing in a document may make the server read a file or an address.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((file) => Object.values<string>(FACES).includes(file));
  const font = openFont(readFileSync(require.resolve(`pdfmake/fonts/Roboto/${FACES.normal}`)));
  if (!('hasGlyphForCodePoint' in font)) throw new TypeError('Not one font');
  regular = font;
  return font;
}

/**
 * Text as the page can show it: a character without a letter in the font is written as its number, `[U+1F600]`, because an empty box
 * would let two different texts look alike.
 */
export function printable(text: string): string {
  const font = prepare();
  return Array.from(text)
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (character === '\n' || font.hasGlyphForCodePoint(code)) return character;
      if (character === '\t' || character === '\r') return ' ';
      return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');
}

export interface PdfPlan {
  /** For the window's title and the file's metadata: never a patient's name. */
  readonly title: string;
  readonly language: 'kk' | 'ru' | 'en';
  /** The one time that a file carries; nothing in it depends on when it is made. */
  readonly date: Date;
  readonly content: Content;
  /** `page` counts from 1. */
  footer(page: number, pages: number): Content;
}

/** A4, the same bytes for the same plan. */
export async function printPdf({ title, language, date, content, footer }: PdfPlan): Promise<Buffer> {
  prepare();
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageMargins: [48, 44, 48, 56],
    version: '1.7',
    language,
    displayTitle: true,
    info: { title, creator: 'Jaqyn', producer: 'Jaqyn', creationDate: date, modDate: date },
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.2 },
    content,
    footer: (page, pages) => footer(page, pages),
  };
  return pdfmake.createPdf(definition).getBuffer();
}
