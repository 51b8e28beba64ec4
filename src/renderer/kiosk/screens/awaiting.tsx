import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { Button } from '../../ui/button.tsx';
import { Phrases } from '../../ui/phrases.tsx';
import { Actions, Screen } from '../../ui/screen.tsx';
import { AskedVerifier } from '../art/asked-verifier.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { SlipOf } from './receipt-slip.tsx';

export type AwaitingView = Extract<KioskView, { screen: 'awaiting' }>;

/** What is done and what is not yet, while the verifier thinks; the result stands at the same places. */
export function AwaitingScreen({ view }: { readonly view: AwaitingView }) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const number = view.receiptNumber ?? null;
  return (
    <Screen
      name="awaiting"
      title={t('awaiting.title')}
      figure={<Progress />}
      foot={
        number === null ? (
          <div className="slip slip-to-come" />
        ) : (
          <SlipOf number={number} code={view.receiptCode ?? null} />
        )
      }
      actions={
        <Actions forward={<Button onPress={() => void act({ type: 'done' })}>{t('actions.leaveNow')}</Button>} />
      }
    >
      <p className="lead outcome phrases">
        <Phrases
          text={`${t('awaiting.lead')}${language === 'en' ? ' ' : ''}${leaveText(number, t)}`}
          language={language}
        />
      </p>
    </Screen>
  );
}

function leaveText(number: string | null, t: ReturnType<typeof useWords>['t']): string {
  return t(number === null ? 'awaiting.leave' : 'awaiting.leaveReceipt');
}

/** What is done already, and what is being waited for. */
function Progress() {
  const { t } = useWords();
  return (
    <div className="awaiting-place">
      <AskedVerifier />
      <ol className="awaiting-list">
        {(['kept', 'recorded', 'asking'] as const).map((part) => (
          <li key={part} data-state={part === 'asking' ? 'now' : 'done'}>
            <PartSign done={part !== 'asking'} />
            <span>{t(`awaiting.${part}`)}</span>
            <span className="only-spoken">{t(part === 'asking' ? 'awaiting.now' : 'awaiting.done')}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function PartSign({ done }: { readonly done: boolean }) {
  return (
    <svg className="part-sign" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="14" />
      {done ? <path d="m9 17 5 5 9-11" /> : <path className="part-hand" d="M16 8v8l5 4" />}
    </svg>
  );
}
