import { useEffect, useRef, type ReactNode } from 'react';
import { SETUP_STEPS, type SetupOutcome, type SetupStep } from '../../../shared/domain/terminal-state.ts';
import { useWords } from '../words.tsx';

/** What a step of the set-up gets. */
export interface StepProps {
  /** Leaves the step with what became of it. */
  readonly onDone: (outcome: SetupOutcome) => void;
  /** Goes to another step and keeps what is known of this one. */
  readonly onGo: (step: SetupStep) => void;
  readonly onBack: (() => void) | null;
}

/** A step: why, what to do, its own part, and the ways on; the title takes the focus. */
export function StepFrame(
  props: StepProps & {
    readonly step: SetupStep;
    /** Why it can't be left as done yet; null: it can. */
    readonly ready: boolean;
    /** What it is left with; absent: done. */
    readonly outcome?: SetupOutcome;
    readonly children: ReactNode;
  },
): ReactNode {
  const { t } = useWords();
  const { step } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [step]);
  const n = SETUP_STEPS.indexOf(step) + 1;
  return (
    <section className="setup-step" aria-labelledby="setup-step-title">
      <p className="muted setup-count">{t('setup.stepOf', { n, all: SETUP_STEPS.length })}</p>
      <h2 id="setup-step-title" ref={heading} tabIndex={-1}>
        {t(`setup.step.${step}`)}
      </h2>
      <dl className="setup-lead">
        <dt>{t('setup.why')}</dt>
        <dd>{t(`setup.whyText.${step}`)}</dd>
        <dt>{t('setup.doThis')}</dt>
        <dd>{t(`setup.doText.${step}`)}</dd>
      </dl>
      <div className="setup-body">{props.children}</div>
      <div className="setup-foot">
        <div className="button-row">
          {props.onBack === null ? null : (
            <button type="button" className="button" onClick={props.onBack}>
              {t('setup.back')}
            </button>
          )}
          <button
            type="button"
            className="button button-primary"
            disabled={!props.ready}
            onClick={() => props.onDone(props.outcome ?? 'done')}
          >
            {t(step === 'test' ? 'setup.finish' : 'setup.next')}
          </button>
          {props.ready ? null : (
            <button type="button" className="button" onClick={() => props.onDone('skipped')}>
              {t('setup.skip')}
            </button>
          )}
        </div>
        {props.ready ? null : (
          <p className="muted">{t('setup.ifSkipped', { consequence: t(`setup.skipText.${step}`) })}</p>
        )}
      </div>
    </section>
  );
}
