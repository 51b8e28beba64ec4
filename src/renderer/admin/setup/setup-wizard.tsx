import { useEffect, useRef, useState, type ReactNode } from 'react';
import { SETUP_STEPS, type Setup, type SetupOutcome, type SetupStep } from '../../../shared/domain/terminal-state.ts';
import { useAction } from '../answers.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useWords } from '../words.tsx';
import { CameraStep } from './camera-step.tsx';
import { LanguageStep } from './language-step.tsx';
import { ReaderStep } from './reader-step.tsx';
import { SceneStep } from './scene-step.tsx';
import type { StepProps } from './step-frame.tsx';
import { TestStep } from './test-step.tsx';
import { VerifierStep } from './verifier-step.tsx';

const STEPS = {
  language: LanguageStep,
  camera: CameraStep,
  reader: ReaderStep,
  verifier: VerifierStep,
  scene: SceneStep,
  test: TestStep,
} as const satisfies Record<SetupStep, (props: StepProps) => ReactNode>;

const OUTCOME_TONES = { done: 'good', 'not-here': 'off', skipped: 'warning' } as const;

function StepList(props: {
  readonly at: SetupStep;
  readonly outcomes: Setup['outcomes'];
  readonly onGo: (step: SetupStep) => void;
}): ReactNode {
  const { t } = useWords();
  return (
    <nav className="setup-steps" aria-label={t('setup.steps')}>
      <ol>
        {SETUP_STEPS.map((step) => {
          const outcome = props.outcomes[step];
          return (
            <li key={step}>
              <button
                type="button"
                aria-current={step === props.at ? 'step' : undefined}
                onClick={() => props.onGo(step)}
              >
                <span>{t(`setup.step.${step}`)}</span>
                {outcome === undefined ? (
                  <small className="muted">{t('setup.outcome.open')}</small>
                ) : (
                  <Mark tone={OUTCOME_TONES[outcome]}>{t(`setup.outcome.${outcome}`)}</Mark>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Where the set-up stands; every move is kept, so that it can be left and resumed. */
function useProgress({ saved, onSaved }: Pick<WizardProps, 'saved' | 'onSaved'>) {
  const keeping = useAction('admin:save-setup');
  const finishing = useAction('admin:finish-setup');
  const [at, setAt] = useState(saved.at);
  const [outcomes, setOutcomes] = useState(saved.outcomes);
  const known = useRef(saved.outcomes);
  const go = async (step: SetupStep, more: Setup['outcomes'] = {}): Promise<boolean> => {
    known.current = { ...known.current, ...more };
    setOutcomes(known.current);
    setAt(step);
    const kept = await keeping.run({ at: step, outcomes: known.current });
    if (kept.ok) onSaved(kept.value);
    return kept.ok;
  };
  const finish = async (outcome: SetupOutcome): Promise<boolean> => {
    if (!(await go('test', { test: outcome }))) return false;
    const finished = await finishing.run(null);
    if (finished.ok) onSaved(finished.value);
    return finished.ok;
  };
  const failed = [keeping.phase, finishing.phase].find(({ state }) => state === 'failed');
  return { at, outcomes, go, finish, failure: failed?.state === 'failed' ? failed.failure : null };
}

function Finished(props: { readonly outcomes: Setup['outcomes']; readonly onLeave: () => void }): ReactNode {
  const { t } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const open = SETUP_STEPS.filter((step) => (props.outcomes[step] ?? 'skipped') === 'skipped');
  const names = open.map((step) => t(`setup.step.${step}`)).join(', ');
  return (
    <section className="setup-step" role="status">
      <h2 ref={heading} tabIndex={-1}>
        {t('setup.finished.title')}
      </h2>
      {open.length === 0 ? (
        <Mark tone="good">{t('setup.finished.nothingOpen')}</Mark>
      ) : (
        <Mark tone="warning">{t('setup.finished.open', { steps: names })}</Mark>
      )}
      <div className="button-row setup-foot">
        <button type="button" className="button button-primary" onClick={props.onLeave}>
          {t('action.close')}
        </button>
      </div>
    </section>
  );
}

interface WizardProps {
  readonly saved: Setup;
  readonly onSaved: (setup: Setup) => void;
  readonly onLeave: () => void;
}

/** The first set-up, step by step; each can be left for later, and all of them gone through again. */
export function SetupWizard(props: WizardProps): ReactNode {
  const { t } = useWords();
  const [again] = useState(props.saved.finishedAtMs !== null);
  const [isFinished, setFinished] = useState(false);
  // The wizard stays open on its last page; what is kept counts only after it is closed.
  const [last, setLast] = useState(props.saved);
  const { at, outcomes, go, finish, failure } = useProgress({ saved: props.saved, onSaved: setLast });
  const leave = (): void => {
    props.onSaved(last);
    props.onLeave();
  };
  const index = SETUP_STEPS.indexOf(at);
  const onDone = (outcome: SetupOutcome): void => {
    const next = SETUP_STEPS[index + 1];
    if (next === undefined) void finish(outcome).then((done) => setFinished(done));
    else void go(next, { [at]: outcome });
  };
  const before = SETUP_STEPS[index - 1];
  const OpenStep = STEPS[at];
  return (
    <div className="setup">
      <header className="setup-head">
        <div>
          <h1>{t('setup.title')}</h1>
          <p className="muted">{t(again ? 'setup.again' : 'setup.summary')}</p>
        </div>
        <div className="setup-aside">
          <LanguageSwitch />
          <button type="button" className="button" onClick={leave}>
            {t('setup.later')}
          </button>
        </div>
      </header>
      <div className="setup-columns">
        <StepList
          at={at}
          outcomes={outcomes}
          onGo={(step) => {
            setFinished(false);
            void go(step);
          }}
        />
        <main className="setup-main">
          {failure === null ? null : <FailureNote failure={failure} />}
          {isFinished ? (
            <Finished outcomes={outcomes} onLeave={leave} />
          ) : (
            <OpenStep
              key={at}
              onDone={onDone}
              onGo={(step) => void go(step)}
              onBack={before === undefined ? null : () => void go(before)}
            />
          )}
        </main>
      </div>
    </div>
  );
}
