import { CircleCheck, IdCard, ScanFace } from 'lucide-react';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Button } from '../../ui/button.tsx';
import { FaceAndCard } from '../art/face-and-card.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

export function GuideScreen() {
  const { act } = useEnvironment();
  const { t } = useWords();
  const steps = [
    { Icon: IdCard, text: t('guide.card') },
    { Icon: ScanFace, text: t('guide.face') },
    { Icon: CircleCheck, text: t('guide.done') },
  ];
  return (
    <Screen
      name="guide"
      title={t('guide.title')}
      figure={<FaceAndCard />}
      foot={
        <ol className="guide-list">
          {steps.map(({ Icon, text }) => (
            <li key={text} className="guide-step">
              <Icon className="guide-icon" aria-hidden="true" strokeWidth={1.5} />
              <span>{text}</span>
            </li>
          ))}
        </ol>
      }
      actions={
        <Actions
          forward={
            <>
              <OtherMethodButton />
              <Button kind="primary" onPress={() => void act({ type: 'continue' })}>
                {t('actions.continue')}
              </Button>
            </>
          }
          out={<CancelButton />}
        />
      }
    >
      <p className="lead">{t('guide.lead')}</p>
    </Screen>
  );
}
