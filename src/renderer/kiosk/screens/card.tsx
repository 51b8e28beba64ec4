import type { KioskView } from '../../../shared/ipc/kiosk.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { CardOnReader } from '../art/card-on-reader.tsx';
import { cardGuide, cardInstruction } from '../card-guide.ts';
import { useWords } from '../environment.ts';
import { Problem } from './problem.tsx';
import {
  CancelButton,
  OtherMethodButton,
  PhotographCardButton,
  TravelDocumentButton,
  TypeIdentityButton,
} from './ways-out.tsx';

type CardView = Extract<KioskView, { screen: 'card' }>;

export function CardScreen({ view }: { readonly view: CardView }) {
  const { phase, problem } = view;
  const { t, language } = useWords();
  const guide = cardGuide({ phase, problem });
  const reading = guide === 'reading';
  return (
    <Screen
      name="card"
      state={phase}
      title={cardInstruction(guide, t)}
      figure={<CardOnReader guide={guide} />}
      actions={
        <Actions
          forward={
            <>
              {view.mayPhotograph && <PhotographCardButton />}
              {view.mayUseTravelDocument && <TravelDocumentButton />}
              {view.mayType && <TypeIdentityButton />}
              <OtherMethodButton />
            </>
          }
          out={<CancelButton />}
        />
      }
    >
      <div className="card-words">
        {problem && !reading ? (
          <Problem>{reasonText(problem, language, 'person')}</Problem>
        ) : (
          <p className="lead phrases">
            <Phrases text={reading ? t('card.readingLead') : t('card.lead')} language={language} />
          </p>
        )}
      </div>
      <p className="only-spoken" role="status">
        {t(`card.${phase}`)}
      </p>
    </Screen>
  );
}
