import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { Action } from '../../../ui/action.tsx';
import { MAX_LENGTH, MAX_RECOMMENDATIONS } from '../conclusion-text.ts';
import styles from './recommendation-rows.module.css';

interface RecommendationRowsProps {
  readonly rows: readonly string[];
  readonly error?: string | undefined;
  onChange(rows: string[]): void;
}

/**
 * One row for each thing to do, because the station ticks each. Enter begins the next row, Backspace in an empty one removes it,
 * Alt+arrows or the buttons change the order.
 */
export function RecommendationRows({ rows, error, onChange }: RecommendationRowsProps) {
  const { t } = useLingui();
  const id = useId();
  const inputs = useRef<(HTMLTextAreaElement | null)[]>([]);
  const focusNext = useRef<number | null>(null);
  // There is always a row to type into.
  const shown = rows.length === 0 ? [''] : rows;
  const canAdd = shown.length < MAX_RECOMMENDATIONS;

  useEffect(() => {
    if (focusNext.current === null) return;
    const input = inputs.current[focusNext.current];
    focusNext.current = null;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  });

  function replace(next: string[], focus: number | null) {
    focusNext.current = focus;
    onChange(next);
  }
  const add = (after: number) =>
    canAdd && replace([...shown.slice(0, after + 1), '', ...shown.slice(after + 1)], after + 1);
  const remove = (at: number) =>
    replace(
      shown.filter((_, index) => index !== at),
      Math.max(0, at - 1),
    );
  function move(at: number, to: number) {
    const moved = shown[at];
    if (moved === undefined || to < 0 || to >= shown.length) return;
    const rest = shown.filter((_, index) => index !== at);
    replace([...rest.slice(0, to), moved, ...rest.slice(to)], to);
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>, at: number) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      add(at);
    } else if (event.key === 'Backspace' && shown[at] === '' && shown.length > 1) {
      event.preventDefault();
      remove(at);
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(at, event.key === 'ArrowUp' ? at - 1 : at + 1);
    }
  }

  return (
    <fieldset className={styles.group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={styles.legend}>
        <Trans>Recommendations</Trans> <span className={styles.required}>*</span>
      </legend>
      <ol className={styles.rows}>
        {shown.map((row, at) => {
          const number = at + 1;
          return (
            // A row is its place: two may hold the same words.
            <li key={at} className={styles.row}>
              <textarea
                ref={(element) => {
                  inputs.current[at] = element;
                }}
                className={styles.input}
                rows={1}
                maxLength={MAX_LENGTH.recommendation}
                aria-label={t`Recommendation ${number}`}
                aria-invalid={error !== undefined && at === 0}
                value={row}
                onChange={(event) => onChange(shown.map((old, index) => (index === at ? event.target.value : old)))}
                onKeyDown={(event) => onKeyDown(event, at)}
              />
              {shown.length > 1 && (
                <span className={styles.tools}>
                  <RowButton label={t`Move up: ${number}`} isDisabled={at === 0} onPress={() => move(at, at - 1)}>
                    <IconArrowUp size={20} aria-hidden />
                  </RowButton>
                  <RowButton
                    label={t`Move down: ${number}`}
                    isDisabled={at === shown.length - 1}
                    onPress={() => move(at, at + 1)}
                  >
                    <IconArrowDown size={20} aria-hidden />
                  </RowButton>
                  <RowButton label={t`Remove: ${number}`} onPress={() => remove(at)}>
                    <IconX size={20} aria-hidden />
                  </RowButton>
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <Action
        tone="quiet"
        icon={<IconPlus size={20} aria-hidden />}
        disabled={!canAdd}
        onClick={() => add(shown.length - 1)}
      >
        <Trans>One more recommendation</Trans>
      </Action>
    </fieldset>
  );
}

interface RowButtonProps {
  readonly label: string;
  readonly isDisabled?: boolean;
  onPress(): void;
  readonly children: React.ReactNode;
}

function RowButton({ label, isDisabled = false, onPress, children }: RowButtonProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
