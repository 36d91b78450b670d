import { Trans, useLingui } from '@lingui/react/macro';
import { CodeListDesk } from '../../features/terminologies/components/code-list-desk.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ForRole } from '../parts/for-role.tsx';

export function TerminologiesScreen() {
  return (
    <ForRole roles={['admin']}>
      <Terminologies />
    </ForRole>
  );
}

/** The codes that diagnoses are chosen from. */
function Terminologies() {
  const { t } = useLingui();
  usePageTitle(t`ICD-10 codes`);
  return (
    <div className={layout.page}>
      <h1>
        <Trans>ICD-10 codes</Trans>
      </h1>
      <CodeListDesk />
    </div>
  );
}
