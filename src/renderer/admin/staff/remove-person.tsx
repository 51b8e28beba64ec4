import { useState, type ReactNode } from 'react';
import type { StaffEntry, StaffList } from '../../../shared/ipc/admin-staff.ts';
import { useAction } from '../answers.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useWords } from '../words.tsx';

/** Deletes an account for good, after asking once more. */
export function RemovePerson(props: {
  readonly revision: number;
  readonly entry: StaffEntry;
  readonly onOld: () => void;
  readonly onDone: (list: StaffList) => void;
}): ReactNode {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  const { phase, run, reset } = useAction('admin:remove-staff');
  const { staffId, name } = props.entry;
  const remove = async (): Promise<void> => {
    const answer = await run({ revision: props.revision, staffId });
    if (answer.ok) props.onDone(answer.value);
    else if (answer.error.code === 'staff.list-changed') props.onOld();
  };
  return (
    <>
      <button type="button" className="button button-danger" onClick={() => setAsking(true)}>
        {t('staff.remove')}
      </button>
      {asking ? (
        <ConfirmDialog
          title={t('staff.removeTitle', { name })}
          yes={t('staff.remove')}
          phase={phase}
          onYes={() => void remove()}
          onNo={() => {
            reset();
            setAsking(false);
          }}
        >
          {t('staff.removeText')}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
