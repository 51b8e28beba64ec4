import type { KioskView } from '../../shared/ipc/kiosk.ts';
import { Steps } from '../ui/steps.tsx';
import { useWords } from './environment.ts';
import { stepsDone } from './steps-done.ts';

export function KioskSteps({ view }: { readonly view: KioskView }) {
  const { t } = useWords();
  const done = stepsDone(view);
  return (
    <Steps
      label={t('steps.label')}
      names={[t('steps.card'), t('steps.face'), t('steps.done')]}
      done={done ?? 0}
      nowLabel={t('steps.now')}
      pastLabel={t('steps.past')}
      hidden={done === null || view.screen === 'light'}
    />
  );
}
