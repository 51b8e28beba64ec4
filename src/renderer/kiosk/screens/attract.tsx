import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { FaceAndCard } from '../art/face-and-card.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { Problem } from './problem.tsx';
import { useStart } from './use-start.ts';

export function AttractScreen() {
  const { act } = useEnvironment();
  const { t } = useWords();
  const { start, refusal } = useStart({ type: 'start' });
  const startOtherwise = async (): Promise<void> => {
    if (await start()) await act({ type: 'other-method' });
  };
  return (
    <Screen
      name="attract"
      title={t('attract.title')}
      figure={<FaceAndCard />}
      actions={
        <Actions
          forward={
            <Button kind="primary" onPress={() => void start()}>
              {t('actions.start')}
            </Button>
          }
          out={
            <Button kind="quiet" onPress={() => void startOtherwise()}>
              {t('actions.otherMethod')}
            </Button>
          }
        />
      }
    >
      {refusal ? <Problem>{refusal}</Problem> : <p className="lead">{t('attract.lead')}</p>}
    </Screen>
  );
}
