import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { StaffList } from '../../../shared/ipc/admin-staff.ts';
import { useAnswer, usePolling } from '../answers.ts';
import { Loaded, Page, Section } from '../parts/page.tsx';
import { useRights } from '../rights.tsx';
import { useWords } from '../words.tsx';
import { AddPerson } from './add-person.tsx';
import { PeopleTable } from './people-table.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { RolesTable } from './roles-table.tsx';

const REFRESH_EVERY_MS = 15_000;
type Open = { readonly kind: 'add' } | { readonly kind: 'person'; readonly staffId: string };

/** Who may use the windows of the staff, and what each role may do. */
export function StaffPage(): ReactNode {
  const { t } = useWords();
  const mayChange = useRights().can('change-staff');
  const list = useAnswer('admin:staff', null);
  usePolling(list.reload, REFRESH_EVERY_MS);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const done = (saved: StaffList): void => {
    list.replace(saved);
    close();
  };
  return (
    <Page title={t('section.staff')} summary={t('staff.summary')}>
      {mayChange ? (
        <div className="bar">
          <button
            type="button"
            className="button button-primary"
            disabled={list.value === null}
            onClick={() => setOpen({ kind: 'add' })}
          >
            <Plus aria-hidden="true" size={15} /> {t('staff.add')}
          </button>
        </div>
      ) : null}
      <Loaded answer={list}>
        {({ entries }) => (
          <PeopleTable
            entries={entries}
            onOpen={mayChange ? (staffId) => setOpen({ kind: 'person', staffId }) : null}
          />
        )}
      </Loaded>
      <Section title={t('staff.roles')}>
        <RolesTable />
      </Section>
      {open?.kind === 'add' && list.value !== null ? (
        <AddPerson revision={list.value.revision} onOld={list.reload} onDone={done} onClose={close} />
      ) : null}
      {open?.kind === 'person' && list.value !== null ? (
        <PersonDrawer
          key={open.staffId}
          list={list.value}
          staffId={open.staffId}
          onOld={list.reload}
          onSaved={list.replace}
          onDone={done}
          onClose={close}
        />
      ) : null}
    </Page>
  );
}
