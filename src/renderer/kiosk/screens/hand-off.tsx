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
      title={t(titles[stage])}
      figure={<CodePlace stage={stage} text={view.url} label={t('handOff.code')} />}
      foot={<TimeLeft view={view} stage={stage} />}
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
      </div>
    </Screen>
  );
}

function TimeLeft({ view, stage }: { readonly view: HandOffView; readonly stage: ReturnType<typeof handOffStage> }) {
  const { t } = useWords();
  return (
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
