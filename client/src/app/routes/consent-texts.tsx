import { ConsentLanguage, type ConsentText } from '@jaqyn/shared/consents/consent';
import { localDate } from '@jaqyn/shared/kernel/time';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useConsentTextVersions } from '../../features/consents/api/edit-consent-texts.ts';
import { ConsentTextCard } from '../../features/consents/components/consent-text-card.tsx';
import { ConsentTextEditor } from '../../features/consents/components/consent-text-editor.tsx';
import { dateTexts } from '../../features/consents/text-versions.ts';
import { serverNow } from '../../lib/clock.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function ConsentTextsScreen() {
  return (
    <ForRole roles={['coordinator', 'admin']}>
      <ConsentTexts />
    </ForRole>
  );
}

/** What is read aloud to patients: each version with its day and its sum; a change is a new version. */
function ConsentTexts() {
  const { t } = useLingui();
  const versions = useConsentTextVersions();
  // The version as it was when it was opened: what a colleague makes meanwhile must not take the form away.
  const [edited, setEdited] = useState<ConsentText>();
  const today = localDate(new Date(serverNow()));
  usePageTitle(t`Consent texts`);
  const of = (language: ConsentLanguage) => dateTexts(versions.data ?? [], language, today);

  return (
    <div className={layout.page}>
      <h1>
        <Trans>Consent texts</Trans>
      </h1>
      <p>
        <Trans>
          The text is read aloud to the patient before a consult. What was agreed to is kept with the text's version and
          its sum.
        </Trans>
      </p>
      {versions.isPending && <Skeleton lines={8} />}
      {versions.isError && (
        <ProblemNotice
          error={versions.error}
          onRetry={() => void versions.refetch()}
          isRetrying={versions.isFetching}
        />
      )}
      {versions.data?.length === 0 && (
        <EmptyState
          title={<Trans>There are no texts</Trans>}
          why={<Trans>They come with the product; ask for a new set-up.</Trans>}
        />
      )}
      {edited ? (
        <ConsentTextEditor
          key={edited.id}
          latest={edited}
          today={today}
          onClose={() => {
            setEdited(undefined);
            void versions.refetch();
          }}
        />
      ) : (
        ConsentLanguage.options.map((language) => {
          const dated = of(language);
          return (
            dated.length > 0 && (
              <ConsentTextCard
                key={language}
                language={language}
                versions={dated}
                onEdit={() => setEdited(dated[0]?.text)}
              />
            )
          );
        })
      )}
    </div>
  );
}
