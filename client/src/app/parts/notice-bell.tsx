import { useLingui } from '@lingui/react/macro';
import { IconBell } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useUnreadNotices } from '../../features/notices/api/list-notices.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './notice-bell.module.css';

const MOST = 99;

/** The bell of the frame with the number of unread notices; it leads to their list. */
export function NoticeBell() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const unread = useUnreadNotices().data ?? 0;
  const count = unread > MOST ? `${MOST}+` : `${unread}`;
  const isAny = unread > 0;
  return (
    <IconButton
      icon={
        <span className={classes(styles.bell, isAny && styles.rung)}>
          <IconBell size={22} aria-hidden />
          {/* Drawn by the stylesheet: the button's name says it in words. */}
          {isAny && <span className={styles.count} data-count={count} />}
        </span>
      }
      word={t`Notices`}
      onClick={() => void navigate({ to: '/notices' })}
    />
  );
}
