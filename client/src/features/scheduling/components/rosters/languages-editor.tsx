import { LANGUAGES, type Language } from '@jaqyn/shared/auth/auth.contract';
import type { PractitionerId } from '@jaqyn/shared/kernel/ids';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Action } from '../../../../ui/action.tsx';
import { ProblemNotice } from '../../../../ui/problem-notice.tsx';
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
  const [chosen, setChosen] = useState<readonly Language[]>();
  const save = useSaveLanguages();
  const values = chosen ?? languages;
  const isChanged = chosen !== undefined && [...chosen].sort().join() !== [...languages].sort().join();
  return (
    <>
      <ToggleGroup
        legend={<Trans>Consults in</Trans>}
        options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        values={values}
        onChange={setChosen}
        {...(values.length === 0 && { error: t`At least one language` })}
      />
      {isChanged && (
        <div>
          <Action
            isBusy={save.isPending}
            disabled={values.length === 0}
            onClick={() => save.mutate({ params: { practitionerId }, body: { languages: [...values] } })}
          >
            <Trans>Save the languages</Trans>
          </Action>
        </div>
      )}
      {save.isSuccess && !isChanged && (
        <Notice tone="well" isLive>
          <Trans>The languages are saved.</Trans>
        </Notice>
      )}
      {save.error && <ProblemNotice error={save.error} />}
    </>
  );
}
