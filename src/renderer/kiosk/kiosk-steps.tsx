import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { Steps } from '../ui/steps.tsx';
import { useWords } from './environment.ts';
import { stepNames, stepsDone } from './steps-done.ts';

export function KioskSteps({ view }: { readonly view: KioskView }) {
  const { t } = useWords();
  const done = stepsDone(view);
  return (
    <Steps
      label={t('steps.label')}
      names={stepNames(view).map((name) => t(`steps.${name}`))}
      done={done ?? 0}
      nowLabel={t('steps.now')}
      pastLabel={t('steps.past')}
      hidden={done === null || view.screen === 'light'}
    />
  );
}
