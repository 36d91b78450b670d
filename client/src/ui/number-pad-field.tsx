import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { formatNumber } from '../lib/format.ts';
import { classes } from './classes.ts';
import styles from './number-pad-field.module.css';

/** What was typed, kept as text: `1` on the way to `120` is not an error yet, and nothing typed is ever thrown away. */
export interface NumberEntry {
  readonly text: string;
  readonly isConfirmed: boolean;
}

export const EMPTY_NUMBER: NumberEntry = { text: '', isConfirmed: false };

export type NumberReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unusual'; readonly value: number; readonly side: 'low' | 'high' }
  | { readonly kind: 'usual'; readonly value: number };

interface Range {
  readonly possible: readonly [low: number, high: number];
  readonly usual: readonly [low: number, high: number];
  /** Smallest step of the device, for example 0.1. */
  readonly step: number;
}

/** Reads a typed number; a comma is as good as a point. A digit after the point more than the device shows is rounded. */
export function readNumber(text: string, { possible, usual, step }: Range): NumberReading {
  const cleaned = text.trim().replace(',', '.');
  if (cleaned === '') return { kind: 'empty' };
  if (!/^\d+(\.\d*)?$/.test(cleaned)) return { kind: 'impossible' };
  const value = Number((Math.round(Number(cleaned) / step) * step).toFixed(step < 1 ? 1 : 0));
  if (value < possible[0] || value > possible[1]) return { kind: 'impossible' };
  if (value < usual[0]) return { kind: 'unusual', value, side: 'low' };
  if (value > usual[1]) return { kind: 'unusual', value, side: 'high' };
  return { kind: 'usual', value };
}

interface NumberPadFieldProps extends Range {
  readonly label: string;
  readonly unit: string;
  readonly entry: NumberEntry;
  onChange(entry: NumberEntry): void;
}

/**
 * A measured number with its unit. The numeric keypad opens on a touch screen. Outside the usual range it asks to
 * confirm and never blocks; only what no living person measures is marked as a typing error.
 */
export function NumberPadField({ label, unit, entry, onChange, possible, usual, step }: NumberPadFieldProps) {
  const { t } = useLingui();
  const id = useId();
  const reading = readNumber(entry.text, { possible, usual, step });
  // Some measures, such as weight, have no usual range of their own.
  const hasUsual = usual[0] !== possible[0] || usual[1] !== possible[1];
  const [usualLow, usualHigh] = [formatNumber(usual[0]), formatNumber(usual[1])];
  const [low, high] = [formatNumber(possible[0]), formatNumber(possible[1])];
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div
        className={classes(
          styles.box,
          reading.kind === 'unusual' && styles.unusual,
          reading.kind === 'impossible' && styles.impossible,
        )}
      >
        <input
          id={id}
          className={styles.input}
          inputMode="decimal"
          autoComplete="off"
          maxLength={6}
          value={entry.text}
          aria-describedby={`${id}-unit ${id}-hint`}
          aria-invalid={reading.kind === 'impossible'}
          onChange={(event) => onChange({ text: event.target.value, isConfirmed: false })}
        />
        <span id={`${id}-unit`} className={styles.unit}>
          {unit}
        </span>
      </div>
      <div id={`${id}-hint`} aria-live="polite">
        {reading.kind === 'impossible' ? (
          <p className={styles.error}>
            <Trans>
              Check the number: from {low} to {high}
            </Trans>
          </p>
        ) : reading.kind === 'unusual' || !hasUsual ? null : (
          <p className={styles.hint}>
            <Trans>
              usual {usualLow}–{usualHigh}
            </Trans>
          </p>
        )}
      </div>
      {reading.kind === 'unusual' && (
        <label className={styles.ask}>
          <input
            type="checkbox"
            checked={entry.isConfirmed}
            onChange={(event) => onChange({ ...entry, isConfirmed: event.target.checked })}
          />
          <span>
            {reading.side === 'high'
              ? t`▲ above ${usualHigh}: measured correctly`
              : t`▼ below ${usualLow}: measured correctly`}
          </span>
        </label>
      )}
    </div>
  );
}
