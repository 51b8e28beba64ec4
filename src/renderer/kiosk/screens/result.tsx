import type { ResultView } from '../../../shared/ipc/kiosk.ts';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { Button } from '../../ui/button.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { StatusShape } from '../../ui/status-shape.tsx';
import { useWords, type Words } from '../environment.ts';
import { Problem } from './problem.tsx';
import { ReceiptSlip } from './receipt-slip.tsx';
import { useStart } from './use-start.ts';
import { DoneButton, OtherMethodButton } from './ways-out.tsx';

/** What came out: told by shape and words first, then by what to do next. Never a score. */
export function ResultScreen({ result }: { readonly result: ResultView }) {
  const words = useWords();
  const { t } = words;
  const retry = useStart({ type: 'retry' });
  const typing = useStart({ type: 'retry', typing: true });
  const refusal = retry.refusal ?? typing.refusal;
  // Where the counter is the next step, another try is there but not what is asked for.
  const retryHelps = result.mayRetry && (result.next === 'retry' || result.next === 'replace-card');
  return (
    <Screen
      name="result"
      state={result.state}
      reason={result.reason}
      title={t(`result.${result.state}`)}
      figure={<StatusShape state={result.state} />}
      actions={
        <Actions
          forward={
            <>
              <DoneButton secondsLeft={result.clearsInSeconds} primary={!retryHelps} />
              {result.mayRetry && (
                <Button kind={retryHelps ? 'primary' : 'secondary'} onPress={() => void retry.start()}>
                  {t('actions.retry')}
                </Button>
              )}
            </>
          }
          out={
            <>
              {result.mayType && (
                <Button kind="quiet" onPress={() => void typing.start()}>
                  {t('actions.typeIdentity')}
                </Button>
              )}
              {result.state !== 'passed' && <OtherMethodButton quiet />}
            </>
          }
        />
      }
    >
      {refusal ? (
        <Problem>{refusal}</Problem>
      ) : (
        <p className="lead outcome phrases">
          <Phrases text={outcomeText(result, words)} language={words.language} />
        </p>
      )}
      <ReceiptSlip result={result} />
    </Screen>
  );
}

function outcomeText({ state, reason, next, nameMasked }: ResultView, { t, language }: Words): string {
  if (state === 'passed') {
    return nameMasked ? t('result.passedNextNamed', { name: nameMasked }) : t('result.passedNext');
  }
  const space = language === 'en' ? ' ' : '';
  return `${reasonText(reason, language, 'person')}${space}${nextStepText(next, language, 'person')}`;
}
