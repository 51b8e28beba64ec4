import type { ReactNode } from 'react';
import { useStaffWords } from '../../staff/staff-words.tsx';
import { Page } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';

/** In the place of a page that the role doesn't see; its address may still have been typed. */
export function NoPage(): ReactNode {
  const { t } = useWords();
  const { staff } = useRights();
  const role = useStaffWords().t(`role.${staff.role}`);
  return (
    <Page title={t('rights.noPageTitle')} summary={t('rights.noPageSummary', { role })}>
      {null}
    </Page>
  );
}
