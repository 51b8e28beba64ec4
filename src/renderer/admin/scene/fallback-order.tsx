import type { ReactNode } from 'react';
import { allowsMode } from '../../../shared/domain/digit-liveness.ts';
import { LIVENESS_MODE_IDS } from '../../../shared/domain/liveness-mode.ts';
import { OrderList } from '../parts/order-list.tsx';
import { useWords } from '../words.tsx';
import { MOST_FALLBACKS, planOf } from './liveness-form.ts';
import type { LivenessProps } from './liveness-section.tsx';

/** What the scene turns to, in order, when its proof of life can't be decided. */
export function FallbackOrder({ draft, problems, digits }: LivenessProps): ReactNode {
  const { t } = useWords();
  const { mode, fallback } = planOf(draft.value);
  const full = fallback.length >= MOST_FALLBACKS;
  return (
    <OrderList
      legend={t('scene.liveness.fallbackTitle')}
      lead={t('scene.liveness.fallbackLead')}
      none={t('scene.liveness.noFallback')}
      add={t('scene.liveness.add')}
      hint={full ? t('scene.liveness.full', { n: MOST_FALLBACKS }) : ''}
      chosen={fallback}
      left={LIVENESS_MODE_IDS.filter((one) => one !== mode && !fallback.includes(one) && allowsMode(digits, one))}
      full={full}
      nameOf={(one) => t(`scene.liveness.mode.${one}`)}
      problem={problems.livenessFallback}
      onChange={(modes) => draft.edit({ livenessFallback: modes.join(',') })}
    />
  );
}
