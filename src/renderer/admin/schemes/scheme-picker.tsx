import type { ReactNode } from 'react';
import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { Drawer } from '../parts/drawer.tsx';
import { useWords } from '../words.tsx';
import { SchemeTable } from './scheme-table.tsx';

/** Chooses one scheme of all. */
export function SchemePicker(props: {
  readonly entries: readonly SchemeEntry[];
  readonly current: string;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <Drawer title={t('schemes.pickTitle')} wide onClose={props.onClose}>
      <p className="muted lead-in">{t('schemes.pickLead')}</p>
      <SchemeTable
        entries={props.entries}
        current={props.current}
        onOpen={(id) => {
          props.onPick(id);
          props.onClose();
        }}
      />
    </Drawer>
  );
}
