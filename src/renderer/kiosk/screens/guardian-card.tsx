import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { GuardianCardOnReader } from '../art/guardian-card-on-reader.tsx';
import { guardianGuide, guardianInstruction } from '../guardian-guide.ts';
import { useWords } from '../environment.ts';
import { Problem } from './problem.tsx';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

/** After a child's card the one of whoever may agree for them. */
export function GuardianCardScreen({ view }: { readonly view: Extract<KioskView, { screen: 'guardian-card' }> }) {
  const { t, language } = useWords();
  const guide = guardianGuide(view);
  const reading = guide === 'reading';
  return (
    <Screen
      name="guardian-card"
      state={view.phase}
      {...(view.problem ? { reason: view.problem } : {})}
      title={guardianInstruction(guide, t)}
      figure={<GuardianCardOnReader guide={guide} />}
      actions={<Actions forward={<OtherMethodButton />} out={<CancelButton />} />}
    >
      <div className="card-words">
        {view.problem && !reading ? (
          <Problem>{reasonText(view.problem, language, 'person')}</Problem>
        ) : (
          <p className="lead phrases">
            <Phrases text={reading ? t('card.readingLead') : t('guardian.card.lead')} language={language} />
          </p>
        )}
      </div>
    </Screen>
  );
}
