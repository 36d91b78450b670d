import { Trans, useLingui } from '@lingui/react/macro';
import { IconDeviceDesktopCheck } from '@tabler/icons-react';
import { useLinkChecks } from '../../features/link-checks/api/list-link-checks.ts';
import { gradeWords } from '../../features/link-checks/grade-words.ts';
import { formatTime } from '../../lib/format.ts';
import { ActionLink } from '../../ui/action.tsx';
import layout from '../../ui/layout.module.css';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Whether this place was checked today, and the way to do it. A daily pass needs nothing more. */
export function LastLinkCheck() {
  const { t } = useLingui();
  const { data } = useLinkChecks(1);
  const last = data?.checks.at(-1);
  const time = last ? formatTime(last.at) : '';
  return (
    <div className={layout.row}>
      {last && (
        <StatusBadge tone={gradeWords[last.grade].tone}>
          <Trans>Camera and link, {time}:</Trans> {t(gradeWords[last.grade].label)}
        </StatusBadge>
      )}
      <ActionLink to="/link-check" icon={<IconDeviceDesktopCheck size={22} aria-hidden />}>
        {last ? <Trans>Check again</Trans> : <Trans>Check camera, sound and link</Trans>}
      </ActionLink>
    </div>
  );
}
