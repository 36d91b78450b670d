import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { changeMine, isChanged, type Mine } from '../../../../lib/unseen.ts';
import { Action } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
import { SavedUnseen } from '../../../../ui/saved-unseen.tsx';
import { useSaveLanguages } from '../../api/save-languages.ts';
import { Notice, ToggleGroup } from './form.tsx';
import { LANGUAGE_NAMES } from './schedule-words.ts';

interface LanguagesEditorProps {
  readonly practitionerId: PractitionerId;
  readonly languages: readonly Language[];
}

/** Whom the specialist can speak with; searches and the board take it into account. */
export function LanguagesEditor({ practitionerId, languages }: LanguagesEditorProps) {
  const { t } = useLingui();
  const [mine, setMine] = useState<Mine<readonly Language[]>>();
  const save = useSaveLanguages();
  const values = mine?.value ?? languages;
  const hasChanges = isChanged(mine, languages, isSameSet);
  return (
    <>
      <ToggleGroup
        legend={<Trans>Consults in</Trans>}
        options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        values={values}
        onChange={(next) => {
          save.reset();
          setMine(changeMine(mine, languages, next));
        }}
        {...(values.length === 0 && { error: t`At least one language` })}
      />
      {hasChanges && (
        <div>
          <Action
            isBusy={save.isPending}
            disabled={values.length === 0}
            onClick={() =>
              save.mutate(
                { params: { practitionerId }, body: { languages: [...mine.value], seen: [...mine.seen] } },
                { onSuccess: () => setMine(undefined) },
              )
            }
          >
            <Trans>Save the languages</Trans>
          </Action>
        </div>
      )}
      {save.isSuccess && !hasChanges && (
        <Notice tone="well" isLive>
          <Trans>The languages are saved.</Trans>
        </Notice>
      )}
      {save.error && <ProblemNotice error={save.error} />}
      <SavedUnseen
        mine={mine}
        stored={languages}
        isSame={isSameSet}
        isSaving={save.isPending}
        onChoose={(next) => {
          save.reset();
          setMine(next);
        }}
      >
        <p>{languages.map((language) => LANGUAGE_NAMES[language]).join(', ')}</p>
      </SavedUnseen>
    </>
  );
}

function isSameSet(one: readonly Language[], other: readonly Language[]): boolean {
  return [...one].sort().join() === [...other].sort().join();
}
