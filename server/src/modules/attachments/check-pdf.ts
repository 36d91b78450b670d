import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EncryptedPDFError, PDFArray, PDFDict, PDFDocument, PDFName, type PDFObject, PDFStream } from '@cantoo/pdf-lib';
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { ATTACHMENT_LIMITS } from '@jaqyn/shared/attachments/attachment.contract';
import sharp from 'sharp';
import { write, writePreview, writeThumbnail } from './check-image.ts';
import { type MadeRendition, PAGE_SIDE, Refusal } from './checked-file.ts';

/** What would be lost or is not a page: other files, films, forms that only their own program can show. Kinds and keys. */
const REFUSED_KINDS = new Set(['EmbeddedFile', 'RichMedia', 'Movie', 'Screen', '3D']);
const REFUSED_KEYS = ['EmbeddedFiles', 'Collection', 'XFA'].map((name) => PDFName.of(name));
/** Actions that do something by themselves or lead out of the file. Taken out; a file in which one is left afterwards is refused. */
const ACTIONS = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'GoToR',
  'GoToE',
  'URI',
  'Rendition',
  'Sound',
  'Hide',
  'RichMediaExecute',
]);

/**
 * Copies a PDF's pages into a new one, so that nothing else of it is left (scripts, actions, what hung before and behind it), and draws each page as
 * a picture, which is what screens show. Throws Refusal.
 */
export async function checkPdf(file: string, folder: string): Promise<{ pages: number; renditions: MadeRendition[] }> {
  try {
    const clean = await copyPages(await readFile(file));
    await writeFile(path.join(folder, 'document-0'), clean);
    const renditions: MadeRendition[] = [
      { role: 'document', page: 0, mediaType: 'application/pdf', width: 0, height: 0, file: 'document-0' },
    ];
    const pages = await drawPages(clean, folder, renditions);
    return { pages, renditions };
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal('attachment.damaged', error);
  }
}

async function copyPages(bytes: Uint8Array): Promise<Uint8Array> {
  const original = await open(bytes);
  const count = original.getPageCount();
  if (count === 0) throw new Refusal('attachment.damaged');
  if (count > ATTACHMENT_LIMITS.pages) throw new Refusal('attachment.too_many_pages');
  if (dictionariesIn(original).some(isRefused)) throw new Refusal('attachment.active_content');
  const copy = await PDFDocument.create({ updateMetadata: false });
  for (const page of await copy.copyPages(original, original.getPageIndices())) copy.addPage(page);
  for (const action of dictionariesIn(copy).filter(isAction)) for (const key of action.keys()) action.delete(key);
  const clean = await copy.save({ updateFieldAppearances: false });
  if (dictionariesIn(await open(clean)).some(isAction)) throw new Refusal('attachment.active_content');
  return clean;
}

async function open(bytes: Uint8Array): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: false });
  } catch (error) {
    throw new Refusal(error instanceof EncryptedPDFError ? 'attachment.encrypted' : 'attachment.damaged', error);
  }
}

/** Every dictionary of the file, also those inside others and those of streams. */
function dictionariesIn(document: PDFDocument): PDFDict[] {
  const found: PDFDict[] = [];
  const waiting: PDFObject[] = document.context.enumerateIndirectObjects().map(([, object]) => object);
  const { Root, Info } = document.context.trailerInfo;
  for (const object of [Root, Info]) if (object !== undefined) waiting.push(object);
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    const dictionary = object instanceof PDFStream ? object.dict : object;
    if (dictionary instanceof PDFDict) {
      found.push(dictionary);
      waiting.push(...dictionary.values());
    } else if (dictionary instanceof PDFArray) {
      waiting.push(...dictionary.asArray());
    }
  }
  return found;
}

function kindIn(dictionary: PDFDict, key: string): string | undefined {
  const value = dictionary.lookup(PDFName.of(key));
  return value instanceof PDFName ? value.decodeText() : undefined;
}

function isRefused(dictionary: PDFDict): boolean {
  const kinds = [kindIn(dictionary, 'Type'), kindIn(dictionary, 'Subtype')];
  return (
    kinds.some((kind) => kind !== undefined && REFUSED_KINDS.has(kind)) ||
    REFUSED_KEYS.some((key) => dictionary.has(key))
  );
}

function isAction(dictionary: PDFDict): boolean {
  const kind = kindIn(dictionary, 'S');
  return kind !== undefined && ACTIONS.has(kind);
}

/** Answers the number of pages. */
async function drawPages(bytes: Uint8Array, folder: string, renditions: MadeRendition[]): Promise<number> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(bytes);
    const count = document.getPageCount();
    for (let index = 0; index < count; index += 1) {
      const page = document.getPage(index);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      const longest = Math.max(originalWidth, originalHeight);
      if (!(longest > 0)) throw new Refusal('attachment.damaged');
      const { data, width, height } = await page.render({
        scale: PAGE_SIDE / longest,
        render: async (picture) => picture.data,
      });
      const picture = () => sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#fff' });
      const place = { folder, page: index + 1 };
      const full = picture().webp({ quality: 82 });
      renditions.push(await write(full, { ...place, role: 'full', mediaType: 'image/webp' }));
      renditions.push(await writePreview(picture(), place));
      if (index === 0) renditions.push(await writeThumbnail(picture(), place));
    }
    document.destroy();
    return count;
  } finally {
    library.destroy();
  }
}
