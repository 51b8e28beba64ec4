import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { Language } from '../../../shared/reason-texts.ts';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { EndShape } from '../../ui/end-shape.tsx';
import { useWords } from '../environment.ts';
import { outcomeLines, outcomeTitle } from './outcome-lines.ts';
import { ReasonCodeLine } from './reason-code.tsx';
import { SlipOf } from './receipt-slip.tsx';
import { DoneButton } from './ways-out.tsx';

type DoneView = Extract<KioskView, { screen: 'withdrawal-done' }>;

/** How a withdrawal ended, with its receipt. */
export function WithdrawalDoneScreen({ view }: { readonly view: DoneView }) {
  const { t, language } = useWords();
  const { outcome } = view;
  return (
    <Screen
      name="withdrawal-done"
      state={outcome.kind}
      {...(outcome.kind === 'failed' ? { reason: outcome.reason } : {})}
      title={outcomeTitle(outcome, t)}
      figure={<EndShape end={outcome.kind} />}
      foot={<FootOf outcome={outcome} />}
      actions={<Actions forward={<DoneButton secondsLeft={view.clearsInSeconds} primary />} />}
    >
      <OutcomeWords lines={outcomeLines(outcome, t, language)} language={language} />
    </Screen>
  );
}

/** A receipt of what was erased, or what staff look up where it failed. */
function FootOf({ outcome }: Pick<DoneView, 'outcome'>) {
  const { t } = useWords();
  if (outcome.kind === 'failed') return <ReasonCodeLine reason={outcome.reason} />;
  if (outcome.kind !== 'erased') return null;
  return (
    <SlipOf number={outcome.receiptNumber} code={outcome.receiptCode} label={t('withdrawal.done.receipt')}>
      <p className="slip-scan">{t('withdrawal.done.scan')}</p>
    </SlipOf>
  );
}

function OutcomeWords({ lines, language }: { readonly lines: readonly string[]; readonly language: Language }) {
  const [only, ...more] = lines;
  if (more.length === 0) {
    return <p className="lead phrases">{only !== undefined && <Phrases text={only} language={language} />}</p>;
  }
  return (
    <ul className="outcome-lines">
      {lines.map((line) => (
        <li key={line} className="phrases">
          <Phrases text={line} language={language} />
        </li>
      ))}
    </ul>
  );
}
