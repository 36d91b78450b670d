import { KAZAKHSTAN_OFFSET_MINUTES } from '@jaqyn/shared/kernel/time';
import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { printable } from '../../pdf/pdf-printer.ts';

export const QUIET = '#44525c';
const LINE = '#b9c3c9';

/**
 * Lines between the rows and none around them. `isTall`: a row may be longer than a page, so that rows go on over the end of one. Kept
 * together, such a row is left out of the document without a word.
 */
export function grid(widths: string[], body: TableCell[][], { headerRows = 0, isTall = false } = {}): Content {
  return {
    margin: [0, 0, 0, 4],
    table: { widths, body, headerRows, dontBreakRows: !isTall },
    layout: {
      hLineColor: () => LINE,
      hLineWidth: (line, node) => (line === 0 || line === node.table.body.length ? 0 : 0.5),
      vLineWidth: () => 0,
      paddingLeft: (column) => (column === 0 ? 0 : 6),
      paddingTop: () => 2.5,
      paddingBottom: () => 1.5,
    },
  };
}

export function heading(text: string): Content {
  return { text, bold: true, fontSize: 11.5, margin: [0, 10, 0, 2], headlineLevel: 1 };
}

export function section(title: string, text: string): Content[] {
  return text.trim() === '' ? [] : [heading(title), { text: printable(text) }];
}

export function quiet(text: string) {
  return { text, color: QUIET };
}

export function qrCode(url: string): Column {
  return { width: 92, stack: [{ qr: url, fit: 92, eccLevel: 'M' }] };
}

/** `2026-11-22` as 22.11.2026. */
export function formatDay(day: string): string {
  return day.split('-').reverse().join('.');
}

/** Kazakhstan's clock: there is one zone. */
function local(instant: string): string {
  return new Date(Date.parse(instant) + KAZAKHSTAN_OFFSET_MINUTES * 60_000).toISOString();
}

export function localDay(instant: string): string {
  return local(instant).slice(0, 10);
}

export function formatMoment(instant: string): string {
  return `${formatDay(localDay(instant))} ${local(instant).slice(11, 16)}`;
}
