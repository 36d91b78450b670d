import { PDFiumLibrary } from '@hyzyla/pdfium';
import type { ConclusionContent, DocumentChange } from '@jaqyn/shared/consultations/conclusion.contract';
import type { ConclusionDocument } from '@jaqyn/shared/consultations/conclusion-document';
import { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { Instant, localDate } from '@jaqyn/shared/kernel/time';
import { describe, expect, test } from 'vitest';
import { printConclusion } from './conclusion-pdf.ts';
import { printSlip } from './conclusion-slip.ts';

const at = Instant.parse('2026-11-22T05:00:00.000Z');
const name = { kk: 'Атауы', ru: 'Название', en: 'Name' };

/** Words that can be told apart, so that each is known to be on the page: `м0001 м0002 …`. */
class Marks {
  #made = 0;
  readonly all: string[] = [];

  text(letters: number): string {
    const words: string[] = [];
    for (let length = 0; length + 6 <= letters; length += 6) {
      this.#made += 1;
      words.push(`м${String(this.#made).padStart(4, '0')}`);
    }
    this.all.push(...words);
    return words.join(' ');
  }
}

/** As much as a conclusion may hold, and an amendment that changed all of it. */
function longest(marks: Marks): ConclusionDocument {
  const content: ConclusionContent = {
    findings: marks.text(8000),
    diagnosis: { code: 'I10', text: marks.text(500), certainty: 'final' },
    recommendations: Array.from({ length: 30 }, () => marks.text(1000)),
    medicines: marks.text(4000),
    furtherTests: marks.text(4000),
    referral: marks.text(2000),
    followUpDate: localDate(at),
    limits: marks.text(2000),
  };
  const change = (field: DocumentChange['field'], letters: number) => ({
    field,
    before: marks.text(letters),
    after: marks.text(letters),
  });
  return {
    schema: 'jaqyn.conclusion/2',
    request: {
      id: 'x',
      number: '2026-000001',
      specialty: SpecialtyCode.parse('cardiology'),
      specialtyName: name,
      urgency: 'routine',
      reason: marks.text(2000),
      complaints: marks.text(2000),
      anamnesis: marks.text(2000),
      createdAt: at,
      answeredAt: null,
    },
    station: { id: 'x', name },
    requestedBy: { userId: 'x', displayName: 'Сейітқали Дәмеш' },
    specialist: { id: 'x', displayName: 'Ахметова Айгүл', organizationName: name },
    patient: {
      id: 'x',
      iin: null,
      familyName: 'Сапаров',
      givenName: 'Нұрислам',
      middleName: '',
      birthDate: localDate(at),
      sex: 'male',
      allergies: marks.text(6000),
    },
    observations: [],
    conclusion: { id: 'x', edition: 2, version: 2, writtenAt: at, content },
    amendment: {
      reason: marks.text(500),
      replaces: { id: 'x', edition: 1, sha256: '0'.repeat(64), signedAt: at },
      changes: [change('findings', 8000), change('recommendations', 20_000), change('medicines', 4000)],
    },
  };
}

const seal = { sha256: '0'.repeat(64), verificationUrl: 'https://jaqyn.example/v/x', method: 'local' as const };

async function readText(pdf: Buffer): Promise<{ text: string; pages: number }> {
  const library = await PDFiumLibrary.init();
  try {
    const document = await library.loadDocument(pdf);
    const texts = [...document.pages()].map((page) => page.getText());
    document.destroy();
    return { text: texts.join('\n'), pages: texts.length };
  } finally {
    library.destroy();
  }
}

describe('a printed conclusion', () => {
  test.each(['kk', 'ru'] as const)(
    'in %s has every word, however long its parts and the changes are',
    async (language) => {
      const marks = new Marks();
      const { text, pages } = await readText(await printConclusion(longest(marks), language, seal));
      const shown = new Set(text.match(/м\d+/g));
      expect(marks.all.filter((word) => !shown.has(word))).toEqual([]);
      expect(pages).toBeGreaterThan(20);
    },
  );

  test('gives the patient every word of the advice', async () => {
    const marks = new Marks();
    const { content } = longest(new Marks()).conclusion;
    const advice = { ...content, recommendations: Array.from({ length: 30 }, () => marks.text(1000)) };
    const document = longest(new Marks());
    const { text } = await readText(
      await printSlip({ ...document, conclusion: { ...document.conclusion, content: advice } }, 'kk', seal),
    );
    const shown = new Set(text.match(/м\d+/g));
    expect(marks.all.filter((word) => !shown.has(word))).toEqual([]);
  });
});
