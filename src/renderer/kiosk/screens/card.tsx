import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { CardOnReader } from '../art/card-on-reader.tsx';
import { cardGuide, cardInstruction, cardLead } from '../card-guide.ts';
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
      title={cardInstruction(guide, t, view.readerForm)}
      figure={<CardOnReader guide={guide} form={view.readerForm ?? 'plate'} />}
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
            <Phrases text={cardLead(reading, t, view.readerForm)} language={language} />
          </p>
        )}
      </div>
    </Screen>
  );
}
