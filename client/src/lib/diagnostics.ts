import type { ProblemError } from './problem-error.ts';

/**
 * What support needs to know, as text to copy: never a name, a complaint or a conclusion.
 * The last problems are kept by code and reference only.
 */
interface SeenProblem {
  readonly at: string;
  readonly code: string;
  readonly reference: string;
}

const KEPT = 20;
const seen: SeenProblem[] = [];
const sections = new Map<string, () => string>();

export function noteProblem(problem: ProblemError): void {
  seen.push({ at: new Date().toISOString(), code: problem.code, reference: problem.reference });
  if (seen.length > KEPT) seen.shift();
}

/** Adds a part to the text, for example the room's media figures; returns a function that takes it out again. */
export function addDiagnostics(name: string, describe: () => string): () => void {
  sections.set(name, describe);
  return () => {
    if (sections.get(name) === describe) sections.delete(name);
  };
}

export function diagnosticsText(): string {
  const lines = [
    'Jaqyn diagnostics',
    `time: ${new Date().toISOString()}`,
    // Paths hold ids, never names.
    `page: ${location.pathname}`,
    `language: ${document.documentElement.lang}`,
    `browser: ${navigator.userAgent}`,
    `screen: ${innerWidth}x${innerHeight} @${devicePixelRatio}`,
    `cores: ${navigator.hardwareConcurrency}`,
    `online: ${navigator.onLine}`,
    ...[...sections].map(([name, describe]) => `${name}: ${describe()}`),
    'problems:',
    ...(seen.length === 0 ? ['  none'] : seen.map(({ at, code, reference }) => `  ${at} ${code} ${reference}`)),
  ];
  return lines.join('\n');
}
