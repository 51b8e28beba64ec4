import type { ResultView } from '../../../shared/ipc/kiosk-view.ts';
import { Button } from '../../ui/button.tsx';
import { EndShape } from '../../ui/end-shape.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { useEnvironment, useWords, type Words } from '../environment.ts';
import { OwnProblem } from './problem.tsx';
import { ReceiptSlip } from './receipt-slip.tsx';
import { resultKind, resultSentences, resultTitle, type ResultKind } from './result-words.ts';
import { useStart } from './use-start.ts';
import { DoneButton, OtherMethodButton } from './ways-out.tsx';

interface ResultProps {
  readonly result: ResultView;
  /** Whether there is a card to take along. */
  readonly hasCard: boolean;
}

/** What came out: told by shape and words first, then by what to do next. Never a score. */
export function ResultScreen({ result, hasCard }: ResultProps) {
  const words = useWords();
  const retry = useStart({ type: 'retry' });
  const typing = useStart({ type: 'retry', typing: true });
  const refusal = retry.refusal ?? typing.refusal;
  const kind = resultKind(result);
  return (
    <Screen
      name="result"
      state={result.state}
      reason={result.reason}
      title={resultTitle(result, words.t)}
      figure={<ShapeOf kind={kind} />}
      foot={result.receiptNumber !== null && <ReceiptSlip result={result} />}
      actions={<ResultActions result={result} onRetry={retry.start} onTyping={typing.start} />}
    >
      {refusal ? (
        <OwnProblem text={refusal} />
      ) : (
        <p className="lead outcome phrases">
          <Phrases text={outcomeText(result, hasCard, words)} language={words.language} />
        </p>
      )}
    </Screen>
  );
}

function ShapeOf({ kind }: { readonly kind: ResultKind }) {
  return kind === 'pending' || kind === 'captured' ? <EndShape end={kind} /> : <StatusShape state={kind} />;
}

interface ResultActionsProps {
  readonly result: ResultView;
  readonly onRetry: () => Promise<boolean>;
  readonly onTyping: () => Promise<boolean>;
}

function ResultActions({ result, onRetry, onTyping }: ResultActionsProps) {
  const { act } = useEnvironment();
  const { t } = useWords();
  // Where the counter is the next step, another try is there but not what is asked for.
  const retryHelps = result.mayRetry && (result.next === 'retry' || result.next === 'replace-card');
  const kind = resultKind(result);
  const settled = kind === 'passed' || kind === 'pending' || kind === 'captured';
  // The likeliest step stands at the right, as on every other screen.
  const done = <DoneButton secondsLeft={result.clearsInSeconds} primary={!retryHelps && !result.mayUseCard} />;
  const again = <RetryButton shown={result.mayRetry} primary={retryHelps} onRetry={onRetry} />;
  const withCard = (
    <Button kind="primary" onPress={() => void act({ type: 'continue-with-card' })}>
      {t('actions.useCardCamera')}
    </Button>
  );
  return (
    <Actions
      forward={
        <>
          {!retryHelps && !result.mayUseCard && again}
          {done}
          {result.mayUseCard ? withCard : retryHelps && again}
        </>
      }
      out={
        <>
          {result.mayType && (
            <Button kind="quiet" onPress={() => void onTyping()}>
              {t('actions.typeIdentity')}
            </Button>
          )}
          {!settled && <OtherMethodButton />}
        </>
      }
    />
  );
}

interface RetryButtonProps {
  readonly shown: boolean;
  readonly primary: boolean;
  readonly onRetry: () => Promise<boolean>;
}

function RetryButton({ shown, primary, onRetry }: RetryButtonProps) {
  const { t } = useWords();
  if (!shown) return null;
  return (
    <Button kind={primary ? 'primary' : 'secondary'} onPress={() => void onRetry()}>
      {t('actions.retry')}
    </Button>
  );
}

function outcomeText(result: ResultView, hasCard: boolean, { t, language }: Words): string {
  if (result.state === 'passed' && result.nameMasked) {
    return t(hasCard ? 'result.passedNextNamed' : 'result.passedNextPlainNamed', { name: result.nameMasked });
  }
  return resultSentences(result, hasCard, language, t).join(language === 'en' ? ' ' : '');
}
