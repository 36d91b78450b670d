import { LANGUAGES } from '@jaqyn/shared/auth/auth.contract';
import { type ConclusionTemplate, templateIn } from '@jaqyn/shared/consultations/conclusion-template.contract';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useAllTemplates } from '../../features/conclusions/api/list-all-templates.ts';
import { TemplateEditor } from '../../features/conclusions/components/template-editor.tsx';
import { useSpecialties, useSpecialtyName } from '../../features/staff/api/list-specialties.ts';
import { formatDate } from '../../lib/format.ts';
import { useLanguage } from '../../lib/i18n.ts';
import { useLocalText } from '../../lib/local-text.ts';
import { useCurrentUser } from '../../lib/session.ts';
import { Action, PrimaryAction } from '../../ui/action.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import layout from '../../ui/layout.module.css';
import { usePageTitle } from '../../ui/page-title.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ForRole } from '../parts/for-role.tsx';

export function ConclusionTemplatesScreen() {
  return (
    <ForRole roles={['specialist', 'coordinator', 'admin']}>
      <Templates />
    </ForRole>
  );
}

/** Texts that conclusions begin with: everybody's for who keeps the reference data, the own ones for a specialist. */
function Templates() {
  const { t } = useLingui();
  const language = useLanguage();
  const localText = useLocalText();
  const user = useCurrentUser();
  const specialties = useSpecialties();
  const specialtyName = useSpecialtyName();
  const templates = useAllTemplates();
  const [wanted, setWanted] = useState('');
  const [edited, setEdited] = useState<ConclusionTemplate | 'new'>();
  usePageTitle(t`Conclusion templates`);
  const isSpecialist = user.role === 'specialist';
  const named = (specialties.data ?? []).map(({ code, name }) => ({ code, name: localText(name) }));
  const shown = (templates.data ?? [])
    .filter(({ specialty }) => wanted === '' || specialty === wanted)
    .map((template) => ({ template, title: templateIn(template.content, language).title }))
    .sort(
      (a, b) =>
        Number(b.template.isOwn) - Number(a.template.isOwn) ||
        Number(a.template.isRetired) - Number(b.template.isRetired),
    );

  if (edited !== undefined) {
    return (
      <div className={layout.page}>
        <h1>
          <Trans>Conclusion templates</Trans>
        </h1>
        <TemplateEditor
          template={edited === 'new' ? undefined : edited}
          specialties={named}
          ownSpecialty={user.practitioner?.specialty ?? null}
          onClose={() => setEdited(undefined)}
        />
      </div>
    );
  }

  return (
    <div className={layout.page}>
      <div className={`${layout.row} ${layout.spread}`}>
        <h1>
          <Trans>Conclusion templates</Trans>
        </h1>
        <PrimaryAction icon={<IconPlus size={24} aria-hidden />} onClick={() => setEdited('new')}>
          <Trans>New template</Trans>
        </PrimaryAction>
      </div>
      {!isSpecialist && (
        <SelectField label={t`Specialty`} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)}>
          <option value="">{t`Every specialty`}</option>
          {named.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      {templates.isPending && <Skeleton lines={6} />}
      {templates.isError && (
        <ProblemNotice
          error={templates.error}
          onRetry={() => void templates.refetch()}
          isRetrying={templates.isFetching}
        />
      )}
      {templates.data && shown.length === 0 && (
        <EmptyState
          title={<Trans>There are no templates here</Trans>}
          why={<Trans>A template saves typing what many conclusions have in common.</Trans>}
        />
      )}
      <ul className={layout.list}>
        {shown.map(({ template, title }) => (
          <li key={template.id} className={`${layout.card} ${layout.row} ${layout.spread}`}>
            <TemplateWords template={template} title={title} specialty={specialtyName(template.specialty)} />
            {(template.isOwn || !isSpecialist) && (
              <Action aria-label={t`Change: ${title}`} onClick={() => setEdited(template)}>
                <Trans>Change</Trans>
              </Action>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TemplateWordsProps {
  readonly template: ConclusionTemplate;
  readonly title: string;
  readonly specialty: string;
}

function TemplateWords({ template, title, specialty }: TemplateWordsProps) {
  const { t } = useLingui();
  const { version, content, isOwn, isRetired } = template;
  const from = formatDate(template.updatedAt);
  const languages = LANGUAGES.filter((language) => content[language].title !== '')
    .map((language) => language.toUpperCase())
    .join(' ');
  return (
    <div>
      <strong>{title}</strong>{' '}
      {isOwn && (
        <StatusBadge tone="accent">
          <Trans>mine</Trans>
        </StatusBadge>
      )}
      {isRetired && (
        <StatusBadge tone="quiet">
          <Trans>out of use</Trans>
        </StatusBadge>
      )}
      <p className="quiet">{[specialty, languages, t`version ${version}, from ${from}`].join(' · ')}</p>
    </div>
  );
}
