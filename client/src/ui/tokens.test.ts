import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function tokensOf(scheme: 'light' | 'dark'): Map<string, string> {
  const start = css.indexOf(`[data-color-scheme="${scheme}"] {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const TEXT = [
  ...['paper', 'surface', 'surface-sunk', 'accent-soft'].flatMap((ground) => [
    ['ink', ground],
    ['ink-quiet', ground],
    ['accent', ground],
  ]),
  ...['paper', 'surface'].flatMap((ground) => [
    ['well', ground],
    ['heed', ground],
    ['act-now', ground],
    ['accent-strong', ground],
  ]),
  ['well', 'well-soft'],
  ['heed', 'heed-soft'],
  ['act-now', 'act-now-soft'],
  ['ink', 'well-soft'],
  ['ink', 'heed-soft'],
  ['ink', 'act-now-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['on-act-now', 'act-now'],
  ['on-act-now', 'act-now-strong'],
  ['on-stage', 'stage'],
];
const EDGES = ['paper', 'surface', 'accent-soft'].flatMap((ground) => [
  ['line-strong', ground],
  ['accent', ground],
]);

describe.each(['light', 'dark'] as const)('%s theme', (scheme) => {
  const tokens = tokensOf(scheme);
  const ratio = ([one = '', other = '']: string[]) => contrast(tokens.get(one) ?? '', tokens.get(other) ?? '');

  it.each(TEXT)('text %s on %s reaches 4.5:1', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(EDGES)('edge %s on %s reaches 3:1', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });
});
