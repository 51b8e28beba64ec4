import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Counter } from '../art/counter.tsx';
import { useWords } from '../environment.ts';
import { DoneButton } from './ways-out.tsx';

export function OtherMethodScreen({ receiptNumber }: { readonly receiptNumber: string | null }) {
  const { t, language } = useWords();
  return (
    <Screen
      name="other-method"
      title={t('otherMethod.title')}
      figure={<Counter />}
      foot={
        receiptNumber !== null && (
          <div className="slip">
            <div className="slip-words">
              <p>{t('otherMethod.receipt')}</p>
              <p className="receipt-number">{receiptNumber}</p>
              <p>{t('otherMethod.receiptHelp')}</p>
            </div>
          </div>
        )
      }
      actions={<Actions forward={<DoneButton secondsLeft={null} primary />} />}
    >
      <p className="lead phrases">
        <Phrases text={t('otherMethod.lead')} language={language} />
      </p>
    </Screen>
  );
}
