import type { LocalText } from '@jaqyn/shared/auth/auth.contract';
import type { SpecialtyCode } from '@jaqyn/shared/kernel/ids';
import { tidyCode } from '@jaqyn/shared/terminologies/icd-code';
import type { FoundConcept } from '@jaqyn/shared/terminologies/terminology.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useLocalText } from '../../../lib/local-text.ts';
import { useDebounced } from '../../../lib/use-debounced.ts';
import { classes } from '../../../ui/classes.ts';
import { TextField } from '../../../ui/field.tsx';
import { useConcepts } from '../api/search-concepts.ts';
import styles from './icd-field.module.css';

interface IcdFieldProps {
  readonly label: ReactNode;
  readonly name: string;
  /** As typed: a code, a part of one, or words to search by. */
  readonly value: string;
  readonly error?: ReactNode;
  readonly description?: ReactNode;
  readonly maxLength?: number;
  /** Whose frequent codes come first; null for the specialist's own. */
  readonly specialty: SpecialtyCode | null;
  onChange(value: string): void;
  /** The code, and its name in the language of the screen. */
  onChoose(concept: { readonly code: string; readonly name: string }): void;
}

/** On a thin link an answer takes longer than a letter: asked when the typing pauses. */
const PAUSE_MS = 250;

/** ICD-10 by code or by words: what is recent and frequent stands there before anything is typed. A combobox of WAI-ARIA 1.2. */
export function IcdField(props: IcdFieldProps) {
  const { label, name, value, error, description, maxLength = 60, specialty, onChange, onChoose } = props;
  const { t } = useLingui();
  const localText = useLocalText();
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // Until something is typed the whole usual list is there, whatever code stands in the field.
  const [hasTyped, setHasTyped] = useState(false);
  const typed = hasTyped ? value : '';
  const text = useDebounced(typed, PAUSE_MS);
  const found = useConcepts(text, { specialty, isWanted: isOpen });
  const concepts = isOpen ? (found.data ?? []) : [];
  const isWaiting = found.isFetching || text !== typed;
  const chosen = concepts[active];
  const popup = useRef<HTMLDivElement>(null);
  const count = concepts.length;
  // Under a field at the foot of a column the list would be out of sight.
  useEffect(() => {
    if (isOpen && hasTyped && count > 0) popup.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen, hasTyped, count]);

  function close() {
    setIsOpen(false);
    setActive(-1);
    setHasTyped(false);
  }
  function choose({ code, name: names }: FoundConcept) {
    onChoose({ code, name: localText(names) });
    close();
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setIsOpen(true);
      if (count > 0) setActive(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      choose(chosen);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  return (
    <div className={styles.field}>
      <TextField
        label={label}
        description={description}
        // While one chooses, the list says what fits.
        error={isOpen ? undefined : error}
        name={name}
        value={value}
        maxLength={maxLength}
        placeholder="I10"
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        {...(chosen && { 'aria-activedescendant': `${listId}-${chosen.code}` })}
        onFocus={() => setIsOpen(true)}
        onClick={() => setIsOpen(true)}
        onBlur={() => {
          close();
          const code = tidyCode(value);
          if (code !== value && /^[A-Z]\d/.test(code)) onChange(code);
        }}
        onChange={(event) => {
          setHasTyped(true);
          setIsOpen(true);
          setActive(-1);
          onChange(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={popup} className={classes(styles.popup, isOpen && styles.open)}>
        <div id={listId} className={styles.list} role="listbox" aria-label={t`ICD-10 codes`}>
          {concepts.map((concept, at) => (
            <Option
              key={concept.code}
              id={`${listId}-${concept.code}`}
              concept={concept}
              isActive={at === active}
              onChoose={() => choose(concept)}
              localText={localText}
            />
          ))}
        </div>
        <p className={styles.state} role="status">
          {isOpen && (
            <Words
              isWaiting={isWaiting}
              isError={found.isError}
              isEmpty={concepts.length === 0}
              isTyped={text !== ''}
            />
          )}
        </p>
      </div>
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly concept: FoundConcept;
  readonly isActive: boolean;
  onChoose(): void;
  localText(text: LocalText): string;
}

function Option({ id, concept, isActive, onChoose, localText }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and its keys choose
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={styles.option}
      // The field keeps the focus: with it lost the list would be gone before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      ref={(item) => {
        if (isActive) item?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <span className={styles.code}>{concept.code}</span>
      <span>{localText(concept.name)}</span>
      {concept.why !== 'found' && (
        <span className={styles.why}>{concept.why === 'recent' ? <Trans>yours</Trans> : <Trans>frequent</Trans>}</span>
      )}
    </div>
  );
}

function Words(state: { isWaiting: boolean; isError: boolean; isEmpty: boolean; isTyped: boolean }) {
  if (state.isError && !state.isWaiting) {
    return <Trans>The list cannot be reached now. A code can be typed without it.</Trans>;
  }
  if (state.isWaiting) return <Trans>Searching…</Trans>;
  if (!state.isEmpty) return null;
  return state.isTyped ? (
    <Trans>Nothing is found. Try another word or the beginning of the code.</Trans>
  ) : (
    <Trans>Type the beginning of a code or of words.</Trans>
  );
}
