import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { FaceMeetsCard } from '../art/face-meets-card.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { Expected } from './expected.tsx';
import { OwnProblem } from './problem.tsx';
import { useStart } from './use-start.ts';

export function AttractScreen({ view }: { readonly view: Extract<KioskView, { screen: 'attract' }> }) {
  const { act } = useEnvironment();
  const { t } = useWords();
  const { start, refusal } = useStart({ type: 'start' });
  const startOtherwise = async (): Promise<void> => {
    if (await start()) await act({ type: 'other-method' });
  };
  const { expected } = view;
  const name = expected?.nameMasked ?? null;
  return (
    <Screen
      name="attract"
      {...(expected ? { state: 'expected' } : {})}
      title={
        expected ? (name === null ? t('expected.titleUnnamed') : t('expected.title', { name })) : t('attract.title')
      }
      figure={<FaceMeetsCard />}
      foot={expected && <Expected orderId={expected.orderId} />}
      actions={
        <Actions
          forward={
            <>
              <Button onPress={() => void startOtherwise()}>{t('actions.otherMethod')}</Button>
              <Button kind="primary" onPress={() => void start()}>
                {t('actions.start')}
              </Button>
            </>
          }
          out={
            view.mayWithdraw && (
              <Button kind="quiet" onPress={() => void act({ type: 'withdraw' })}>
                <span className="link-words">{t('actions.withdraw')}</span>
              </Button>
            )
          }
        />
      }
    >
      {refusal ? <OwnProblem text={refusal} /> : <p className="lead">{t('attract.lead')}</p>}
    </Screen>
  );
}
