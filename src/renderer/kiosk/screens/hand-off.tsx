import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { CodePlace } from '../art/code-place.tsx';
import { useWords } from '../environment.ts';
import { clockText } from './clock-text.ts';
import { handOffStage, type HandOffView } from './hand-off-stage.ts';
import { CancelButton, OtherMethodButton } from './ways-out.tsx';

/** A code to scan, and what goes on once the phone has it. The place of the code stays where it is. */
export function HandOffScreen({ view }: { readonly view: HandOffView }) {
  const { t, language } = useWords();
  const stage = handOffStage(view);
  const titles = { opening: 'handOff.opening', code: 'handOff.title', opened: 'handOff.opened' } as const;
  return (
    <Screen
      name="hand-off"
      state={stage}
      title={<span aria-live="polite">{t(titles[stage])}</span>}
      figure={<CodePlace stage={stage} text={view.url} label={t('handOff.code')} />}
      actions={<Actions forward={<OtherMethodButton />} out={<CancelButton />} />}
    >
      <div className="hand-off-words">
        {stage === 'code' ? (
          <HandOffSteps />
        ) : (
          <p className="lead phrases">
            <Phrases text={t(stage === 'opened' ? 'handOff.openedLead' : 'handOff.openingLead')} language={language} />
          </p>
        )}
        <p className="hand-off-foot">
          {view.secondsLeft !== null && (
            <span className="hand-off-left">
              {t('handOff.left')} <span className="hand-off-clock">{clockText(view.secondsLeft)}</span>
            </span>
          )}
          {view.page !== null && stage === 'code' && (
            <span className="hand-off-page">{t(`handOff.page.${view.page}`)}</span>
          )}
        </p>
      </div>
    </Screen>
  );
}

function HandOffSteps() {
  const { t, language } = useWords();
  return (
    <ol className="hand-off-steps">
      {(['scan', 'follow', 'wait'] as const).map((step) => (
        <li key={step} className="phrases">
          <Phrases text={t(`handOff.steps.${step}`)} language={language} />
        </li>
      ))}
    </ol>
  );
}
