import { useEffect, useState, type ReactNode } from 'react';
import { nextStepText, reasonText } from '../../../shared/reason-texts.ts';
import { REASONS } from '../../../shared/reasons.ts';
import type { SetupTest } from '../../../shared/ipc/admin-setup.ts';
import type { SetupStep } from '../../../shared/domain/terminal-state.ts';
import { useAction, useAnswer, usePolling } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { measured } from '../formats.ts';
import { Mark, VerdictMark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Facts, Loaded } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { fixFor, screenWords, type Fix } from './test-words.ts';

const FOLLOW_EVERY_MS = 500;

/** Seconds since a moment, counted up. */
function useSeconds(sinceMs: number): number {
  const { clock } = useEnvironment();
  const [nowMs, setNowMs] = useState(() => clock.wallMs());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(clock.wallMs()), 1_000);
    return () => clearInterval(timer);
  }, [clock]);
  return Math.max(0, Math.floor((nowMs - sinceMs) / 1_000));
}

function Running({ test }: { readonly test: Extract<SetupTest, { state: 'running' }> }): ReactNode {
  const { t } = useWords();
  const seconds = useSeconds(test.startedAtMs);
  return (
    <div className="test-running">
      <div role="status">
        <Mark tone="waiting">{t('setup.test.running', { screen: t(screenWords(test.screen)) })}</Mark>
      </div>
      <p className="muted" aria-hidden="true">
        {t('setup.test.seconds', { n: seconds })}
      </p>
    </div>
  );
}

/** The step of the set-up where something can be put right; null where none is. */
function stepOfFix(fix: Fix): SetupStep | null {
  return fix === 'camera' || fix === 'reader' || fix === 'verifier' || fix === 'scene' ? fix : null;
}

function Ended(props: {
  readonly test: Extract<SetupTest, { state: 'ended' }>;
  readonly onGo: (step: SetupStep) => void;
}): ReactNode {
  const { t, language } = useWords();
  const { test } = props;
  const fix = fixFor(test.reason);
  const step = stepOfFix(fix);
  return (
    <div className="outcome" role="status">
      <VerdictMark state={test.verdict} />
      <p>{t(`setup.test.means.${test.verdict}`)}</p>
      <Facts
        facts={[
          { name: t('setup.test.reason'), value: reasonText(test.reason, language, 'clerk') },
          {
            name: t('setup.test.fix'),
            value: (
              <>
                <span>
                  {fix === 'none' ? t('setup.fixFor.none') : nextStepText(REASONS[test.reason].next, language, 'clerk')}
                </span>
                {fix === 'none' ? null : <span className="block">{t(`setup.fixFor.${fix}`)}</span>}
              </>
            ),
          },
          ...(test.detail === null
            ? []
            : [{ name: t('setup.test.detail'), value: <span className="code">{test.detail}</span> }]),
          { name: t('setup.test.record'), value: <span className="code">{test.certifyId}</span> },
        ]}
      />
      <p className="muted">{t('setup.test.took', { seconds: measured(test.tookMs / 1_000, 1) })}</p>
      {test.simulated ? <Notice kind="demo">{t('setup.test.simulated')}</Notice> : null}
      {step === null ? null : (
        <button type="button" className="button" onClick={() => props.onGo(step)}>
          {t(`setup.step.${step}`)}
        </button>
      )}
    </div>
  );
}

/** A real certification on the kiosk that is marked as a test, followed to its end. */
export function TestStep(props: StepProps): ReactNode {
  const { t } = useWords();
  const test = useAnswer('admin:setup-test', null);
  const start = useAction('admin:start-setup-test');
  const stop = useAction('admin:stop-setup-test');
  usePolling(test.reload, FOLLOW_EVERY_MS);
  const running = test.value?.state === 'running';
  const begin = async (): Promise<void> => {
    const begun = await start.run(null);
    if (begun.ok) test.replace(begun.value);
  };
  return (
    <StepFrame {...props} step="test" ready={test.value?.state === 'ended'}>
      <Notice kind="info">{t('setup.test.notAsked')}</Notice>
      <div className="button-row">
        {running ? (
          <button type="button" className="button" onClick={() => void stop.run(null).then(test.reload)}>
            {t('setup.test.stop')}
          </button>
        ) : (
          <button
            type="button"
            className={test.value?.state === 'ended' ? 'button' : 'button button-primary'}
            disabled={start.phase.state === 'running'}
            onClick={() => void begin()}
          >
            {t(test.value?.state === 'ended' ? 'setup.test.again' : 'setup.test.start')}
          </button>
        )}
      </div>
      {start.phase.state === 'failed' && !running ? <FailureNote failure={start.phase.failure} /> : null}
      <Loaded answer={test}>
        {(value) => (
          <>
            {value.state === 'running' ? <Running test={value} /> : null}
            {value.state === 'ended' ? <Ended test={value} onGo={props.onGo} /> : null}
          </>
        )}
      </Loaded>
    </StepFrame>
  );
}
