import { Phrases } from '../../ui/phrases.tsx';
import { Screen } from '../../ui/screen.tsx';
import { Erasing } from '../art/erasing.tsx';
import { useWords } from '../environment.ts';

/** Nobody breaks off an erasure that runs, so there is no button. */
export function WithdrawalErasingScreen() {
  const { t, language } = useWords();
  return (
    <Screen name="withdrawal-erasing" title={t('withdrawal.erasing.title')} figure={<Erasing />}>
      <p className="lead phrases">
        <Phrases text={t('withdrawal.erasing.lead')} language={language} />
      </p>
    </Screen>
  );
}
