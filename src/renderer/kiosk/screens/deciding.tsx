import { Actions, Screen } from '../../ui/screen.tsx';
import { CardAndFace } from '../art/card-and-face.tsx';
import { useWords } from '../environment.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

export function DecidingScreen() {
  const { t } = useWords();
  return (
    <Screen
      name="deciding"
      title={t('deciding.title')}
      figure={<CardAndFace />}
      actions={<Actions forward={<OtherMethodButton />} out={<CancelButton />} />}
    >
      <p className="lead" role="status">
        {t('deciding.lead')}
      </p>
    </Screen>
  );
}
