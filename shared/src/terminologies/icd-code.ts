// On a Russian or Kazakh keyboard the letters of ICD-10 that look alike are Cyrillic ones.
const LOOKALIKES: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Т: 'T',
  У: 'Y',
  Х: 'X',
};

/** `е11,9` as `E11.9`. */
export function tidyCode(typed: string): string {
  return typed
    .trim()
    .toUpperCase()
    .replace(/[АВСЕНІКМОРТУХ]/g, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/,/g, '.')
    .replace(/\s+/g, '');
}

/** A whole code: a category (`I10`) or what stands below it (`E11.9`, `S72.00`). */
export const ICD_CODE = /^[A-Z]\d{2}(\.\d{1,2})?$/;

/** The category a code stands below; null for a category. */
export function icdParent(code: string): string | null {
  return code.length > 3 ? code.slice(0, 3) : null;
}

/** The last category of each chapter of ICD-10 (WHO, 10th revision), in the order of the codes, with the chapter's number. */
const CHAPTER_ENDS: readonly (readonly [last: string, chapter: number])[] = [
  ['B99', 1],
  ['D48', 2],
  ['D89', 3],
  ['E90', 4],
  ['F99', 5],
  ['G99', 6],
  ['H59', 7],
  ['H95', 8],
  ['I99', 9],
  ['J99', 10],
  ['K93', 11],
  ['L99', 12],
  ['M99', 13],
  ['N99', 14],
  ['O99', 15],
  ['P96', 16],
  ['Q99', 17],
  ['R99', 18],
  ['T98', 19],
  ['U99', 22],
  ['Y98', 20],
  ['Z99', 21],
];

/** 1 to 22; 0 for what lies in no chapter. */
export function icdChapter(code: string): number {
  const category = code.slice(0, 3);
  return CHAPTER_ENDS.find(([last]) => category <= last)?.[1] ?? 0;
}
