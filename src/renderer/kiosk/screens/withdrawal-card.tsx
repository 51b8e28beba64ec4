import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { CardOnReader } from '../art/card-on-reader.tsx';
import { cardGuide, cardInstruction } from '../card-guide.ts';
import { useWords } from '../environment.ts';
import { Problem } from './problem.tsx';
import { CancelButton } from './ways-out.tsx';

/** Whoever withdraws shows who they are by their card. */
export function WithdrawalCardScreen({ view }: { readonly view: Extract<KioskView, { screen: 'withdrawal-card' }> }) {
  const { t, language } = useWords();
  const guide = cardGuide(view);
  const reading = guide === 'reading';
  return (
    <Screen
      name="withdrawal-card"
      state={view.phase}
      {...(view.problem ? { reason: view.problem } : {})}
      title={guide === 'lay' ? t('withdrawal.card.title') : cardInstruction(guide, t, view.readerForm)}
      figure={<CardOnReader guide={guide} form={view.readerForm ?? 'plate'} />}
      actions={<Actions out={<CancelButton />} />}
    >
      <div className="card-words">
        {view.problem && !reading ? (
          <Problem>{reasonText(view.problem, language, 'person')}</Problem>
        ) : (
          <p className="lead phrases">
            <Phrases text={reading ? t('card.readingLead') : t('withdrawal.card.lead')} language={language} />
          </p>
        )}
      </div>
    </Screen>
  );
}
