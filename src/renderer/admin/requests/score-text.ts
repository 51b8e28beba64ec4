import type { Score } from '../../../shared/domain/verification.ts';
import { measured } from '../formats.ts';
import type { Translate } from '../translation.ts';

/** A verifier's score with its own scale and threshold. */
export function scoreText({ value, scale, threshold }: Score, t: Translate): string {
  const values = { value: measured(value, 2), scale };
  return threshold === null ? t('requests.scoreNoThreshold', values) : t('requests.scoreOf', { ...values, threshold });
}
