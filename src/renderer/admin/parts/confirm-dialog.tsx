import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import type { ActionPhase } from '../answers.ts';
import { useWords } from '../words.tsx';
import { FailureNote } from './notice.tsx';

/** Asks once more before something that can't be taken back; Esc is no. */
export function ConfirmDialog(props: {
  readonly title: string;
  readonly yes: string;
  readonly phase: ActionPhase;
  readonly onYes: () => void;
  readonly onNo: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { phase, yes, ...rest } = props;
  const running = phase.state === 'running';
  return (
    <Dialog
      {...rest}
      yes={running ? t('state.working') : yes}
      no={t('action.cancel')}
      running={running}
      failure={phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    />
  );
}
