import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { FaceAndCard } from '../art/face-and-card.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { Expected } from './expected.tsx';
import { Problem } from './problem.tsx';
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
        <span aria-live="polite">
          {expected ? (name === null ? t('expected.titleUnnamed') : t('expected.title', { name })) : t('attract.title')}
        </span>
      }
      figure={<FaceAndCard />}
      actions={
        <Actions
          forward={
            <Button kind="primary" onPress={() => void start()}>
              {t('actions.start')}
            </Button>
          }
          out={
            <>
              <Button kind="quiet" onPress={() => void startOtherwise()}>
                {t('actions.otherMethod')}
              </Button>
              {view.mayWithdraw && (
                <Button kind="quiet" onPress={() => void act({ type: 'withdraw' })}>
                  <span className="link-words">{t('actions.withdraw')}</span>
                </Button>
              )}
            </>
          }
        />
      }
    >
      {refusal ? <Problem>{refusal}</Problem> : <p className="lead">{t('attract.lead')}</p>}
      {expected && <Expected orderId={expected.orderId} />}
    </Screen>
  );
}
