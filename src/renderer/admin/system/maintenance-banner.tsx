import type { ReactNode } from 'react';
import { useAnswer, usePolling } from '../answers.ts';
import { Notice } from '../parts/notice.tsx';
import { useWords } from '../words.tsx';

const REFRESH_EVERY_MS = 5_000;

/** On every page while visitors can't be served because somebody wanted it so. */
export function MaintenanceBanner(): ReactNode {
  const { t } = useWords();
  const terminal = useAnswer('admin:terminal', null);
  usePolling(terminal.reload, REFRESH_EVERY_MS);
  if (terminal.value?.maintenance !== true) return null;
  return (
    <Notice kind="warning">
      {t('system.maintenance.banner')} <a href="#system">{t('overview.open', { page: t('section.system') })}</a>
    </Notice>
  );
}
