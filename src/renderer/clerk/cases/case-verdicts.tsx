import type { ReactNode } from 'react';
import type { ReviewCase } from '../../../shared/ipc/clerk.ts';
import { ReasonLine } from '../parts/reason-line.tsx';
import { useWords } from '../words.tsx';

/** What the machine decided, always; what the verifier said; and what holds now, where that is something else. */
export function CaseVerdicts({ shown }: { readonly shown: ReviewCase }): ReactNode {
  const { t } = useWords();
  const { standing, detail } = shown;
  const { settled, verification } = detail;
  const outcome = verification?.decisions.at(-1)?.outcome ?? verification?.check.outcome ?? null;
  const says = settled?.by === 'staff' ? 'case.byStaff' : 'case.byVerifier';
  return (
    <dl className="verdicts">
      {settled === undefined ? null : (
        <div className="verdict-now">
          <dt>{t('case.now')}</dt>
          <dd>
            <ReasonLine state={settled.state} reason={settled.reason} note={t(says)} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('case.machine')}</dt>
        <dd>
          <ReasonLine state={standing.machine.state} reason={standing.machine.reason} />
        </dd>
      </div>
      <div>
        <dt>{t('case.verifier')}</dt>
        <dd>
          {outcome === null ? (
            <p className="muted">{t(verification === null ? 'case.verifierNone' : 'case.verifierWaiting')}</p>
          ) : (
            <ReasonLine state={outcome.state} reason={outcome.reason} />
          )}
        </dd>
      </div>
    </dl>
  );
}
