import type { ReactNode } from 'react';
import { allowsMode, type DigitLivenessOffer } from '../../../shared/domain/digit-liveness.ts';
import { LIVENESS_MODE_IDS, type LivenessMode } from '../../../shared/domain/liveness-mode.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow, RadioList, type Option } from '../parts/choice.tsx';
import { Notice } from '../parts/notice.tsx';
import type { Speech } from '../translation.ts';
import { useWords } from '../words.tsx';
import { FallbackOrder } from './fallback-order.tsx';
import { FieldProblem } from './field-problem.tsx';
import {
  ACTION_COUNTS,
  countsActions,
  isWeak,
  LEVELS,
  needsPalette,
  planOf,
  withMode,
  type Level,
  type LivenessField,
} from './liveness-form.ts';
import type { SceneDraft } from './scene-form.ts';

export interface LivenessProps {
  readonly draft: Draft<SceneDraft>;
  readonly problems: Problems<LivenessField>;
  readonly digits: DigitLivenessOffer;
}

/** Why digits can't be used so here; null where they can. */
function refusal(mode: LivenessMode, digits: DigitLivenessOffer, { t }: Pick<Speech, 't'>): string | null {
  return allowsMode(digits, mode) || digits.limit === null ? null : t(`scene.liveness.limit.${digits.limit}`);
}

function Levels({ draft, digits }: LivenessProps): ReactNode {
  const { t } = useWords();
  return (
    <div className="levels" role="group" aria-label={t('scene.liveness.levels')}>
      <span className="levels-label">{t('scene.liveness.levels')}</span>
      {(Object.keys(LEVELS) as Level[]).map((level) => (
        <button
          key={level}
          type="button"
          className="button"
          aria-pressed={draft.value.livenessMode === LEVELS[level]}
          disabled={!allowsMode(digits, LEVELS[level])}
          onClick={() => draft.edit(withMode(draft.value, LEVELS[level]))}
        >
          {t(`scene.liveness.level.${level}`)}
        </button>
      ))}
    </div>
  );
}

function Modes({ draft, problems, digits }: LivenessProps): ReactNode {
  const { t } = useWords();
  const optionOf = (mode: LivenessMode): Option<LivenessMode> => {
    const why = refusal(mode, digits, { t });
    const facts = t('scene.liveness.facts', {
      seconds: t(`scene.liveness.seconds.${mode}`),
      stops: t(`scene.liveness.stops.${mode}`),
    });
    return {
      value: mode,
      label: t(`scene.liveness.mode.${mode}`),
      note: why === null ? facts : t('scene.liveness.notHere', { why }),
      disabled: why !== null,
    };
  };
  const value = draft.value;
  return (
    <>
      <RadioList
        legend={t('scene.liveness.modeTitle')}
        invalid={problems.livenessMode !== undefined}
        value={value.livenessMode}
        onChoose={(mode) => draft.edit(withMode(value, mode))}
        options={LIVENESS_MODE_IDS.map(optionOf)}
      />
      <FieldProblem problem={problems.livenessMode} />
    </>
  );
}

function WeakConsent({ draft, problems }: LivenessProps): ReactNode {
  const { t } = useWords();
  if (!isWeak(planOf(draft.value))) return null;
  return (
    <Notice kind="warning">
      {t('scene.liveness.weak')}
      <CheckRow
        label={t('scene.liveness.weakAccept')}
        note={t('scene.liveness.weakNote')}
        checked={draft.value.weakAccepted}
        invalid={problems.weakAccepted !== undefined}
        onToggle={(weakAccepted) => draft.edit({ weakAccepted })}
      />
      <FieldProblem problem={problems.weakAccepted} />
    </Notice>
  );
}

function ActionCount({ draft }: LivenessProps): ReactNode {
  const { t } = useWords();
  return (
    <RadioList
      legend={t('scene.liveness.actionsTitle')}
      inline
      value={String(draft.value.livenessActions)}
      onChoose={(count) => draft.edit({ livenessActions: Number(count) })}
      options={ACTION_COUNTS.map((count) => ({
        value: String(count),
        label: t('scene.liveness.actionCount', { n: count }),
      }))}
    />
  );
}

function Palette({ draft }: LivenessProps): ReactNode {
  const { t } = useWords();
  return (
    <RadioList
      legend={t('scene.paletteTitle')}
      value={draft.value.palette}
      onChoose={(palette) => draft.edit({ palette })}
      options={(['vivid', 'gentle'] as const).map((one) => ({
        value: one,
        label: t(`scene.palette.${one}`),
        note: t(`scene.paletteNote.${one}`),
      }))}
    />
  );
}

/** How the kiosk finds out that somebody is alive, and what it turns to when it can't. */
export function LivenessSection(props: LivenessProps): ReactNode {
  const { t } = useWords();
  const plan = planOf(props.draft.value);
  return (
    <section className="section" aria-labelledby="liveness-title">
      <h2 id="liveness-title">{t('scene.liveness.title')}</h2>
      <Levels {...props} />
      <div className="columns">
        <div>
          <Modes {...props} />
          <WeakConsent {...props} />
        </div>
        <div>
          <FallbackOrder {...props} />
          {countsActions(plan) && <ActionCount {...props} />}
          {needsPalette(plan) && <Palette {...props} />}
        </div>
      </div>
    </section>
  );
}
