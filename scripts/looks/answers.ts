import { newId } from '../../client/src/lib/ids.ts';

/** What the server's answers are like while a screen is looked at. */
export const STATES = ['usual', 'empty', 'full', 'loading', 'failing', 'away'] as const;
export type State = (typeof STATES)[number];

/** Who somebody is and what there is to choose from is never empty or away: without it there is no screen to look at. */
const ALWAYS = /^\/api\/(?:session(?:\/language)?|specialties|regions|health|stations(?:\/mine)?)$/;

export function isAlwaysAnswered(path: string): boolean {
  return ALWAYS.test(path);
}

/** As many entries as nobody has on a usual day. */
const MANY = 40;
const LONG_NAME = 'Әбдірахманова-Құдайбергенқызы';
const LONG_TEXT =
  'Бір аптадан бері жүрегі шаншиды, түнде ұйқысы қашады, қан қысымы көтеріледі, басы айналады, емнен кейін де түспейді. ' +
  'Боли в груди при ходьбе, одышка на втором этаже, отёки к вечеру; принимает лизиноприл 10 мг. ';

/** Nothing is there: every list ends, every count is 0. */
export function emptied(answer: unknown): unknown {
  if (isListOfThings(answer)) return [];
  if (Array.isArray(answer)) return answer.map(emptied);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      if (typeof value === 'number' && /^(?:total|count|unread)$/i.test(name)) return [name, 0];
      if (name === 'next') return [name, null];
      return [name, name === 'hasMore' ? false : emptied(value)];
    }),
  );
}

/** Very much is there: the answer's own lists are long, with long names and long texts. */
export function filled(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      if (name === 'total' && typeof value === 'number') return [name, value === 0 ? 0 : Math.max(value, MANY)];
      return [name, isListOfThings(value) ? manyOf(value) : lengthened(value, name)];
    }),
  );
}

const AN_ID = /"(?:id|[a-zA-Z]+Id)":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/;

function isListOfThings(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => AN_ID.test(JSON.stringify(one)));
}

/** Each with an id of its own, wherever it stands in it. */
function manyOf(things: readonly object[]): unknown[] {
  return Array.from({ length: Math.max(MANY, things.length) }, (_, index) => {
    const thing = lengthened(things[index % things.length], '');
    if (index < things.length) return thing;
    const text = JSON.stringify(thing);
    return JSON.parse(text.replaceAll(AN_ID.exec(text)?.[1] ?? '', newId()));
  });
}

function lengthened(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((one) => lengthened(one, name));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([inner, of]) => [inner, lengthened(of, inner)]));
  }
  if (typeof value !== 'string' || value === '') return value;
  if (name === 'familyName') return LONG_NAME;
  if (name === 'displayName' || name === 'authorName') return `${LONG_NAME} Айсұлу Бекболатқызы`;
  // Others are codes.
  if ((name === 'reason' || name === 'question') && value.includes(' ')) return LONG_TEXT.repeat(2).trim();
  return value;
}
