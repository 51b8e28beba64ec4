import type { ReactNode } from 'react';
import { MEASURED_REASONS, QUALITY_LIMITS, type MeasuredReason } from '../../../shared/domain/face-quality.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import { limitField, limitsAsTheyCome, limitText, rangeOf, type LimitField } from './quality-limits-form.ts';
import type { SceneDraft } from './scene-form.ts';

interface LimitsProps {
  readonly draft: Draft<SceneDraft>;
  readonly problems: Problems<LimitField>;
}

function LimitInput(props: LimitsProps & { readonly reason: MeasuredReason }): ReactNode {
  const { t } = useWords();
  const { draft, problems, reason } = props;
  const field = limitField(reason);
  const { ideal, limit, unit } = QUALITY_LIMITS[reason];
  const values = { ...rangeOf(reason), usual: limitText(reason, limit) };
  return (
    <TextField
      label={t(`scene.limits.reason.${reason}`)}
      hint={t(limit > ideal ? 'scene.limits.atMost' : 'scene.limits.atLeast', values)}
      value={draft.value[field]}
      problem={problems[field]}
      onEdit={(text) => draft.edit({ [field]: text })}
      width="short"
      suffix={t(`scene.limits.unit.${unit}`)}
      numeric
      maxLength={7}
    />
  );
}

/** How good a face has to be; folded away, because the limits that come with the program suit most places. */
export function QualityLimitFields(props: LimitsProps): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  const usual = limitsAsTheyCome();
  const moved = MEASURED_REASONS.filter((reason) => draft.value[limitField(reason)] !== usual[limitField(reason)]);
  const wrong = MEASURED_REASONS.some((reason) => problems[limitField(reason)] !== undefined);
  return (
    <details className="section advanced" open={wrong || undefined}>
      <summary>
        {t('scene.limits.title')}
        <span className="muted">
          {moved.length === 0 ? t('scene.limits.asTheyCome') : t('scene.limits.moved', { n: moved.length })}
        </span>
      </summary>
      <p className="muted">{t('scene.limits.lead')}</p>
      <div className="limit-grid">
        {MEASURED_REASONS.map((reason) => (
          <LimitInput key={reason} {...props} reason={reason} />
        ))}
      </div>
      <button type="button" className="button" disabled={moved.length === 0} onClick={() => draft.edit(usual)}>
        {t('scene.limits.reset')}
      </button>
    </details>
  );
}
