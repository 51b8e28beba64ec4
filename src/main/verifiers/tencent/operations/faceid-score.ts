import type { Score } from '../../../../shared/domain/verification.ts';
import { passes, type CodeMeaning } from '../code-meaning.ts';

/** Similarity at faceid: fixed by the vendor, one wrong accept in ten thousand. */
export const FACEID_THRESHOLD = 70;
export const FACEID_SCORE = { scale: 100, threshold: FACEID_THRESHOLD } as const;

type Similarity = number | null | undefined;

/** One score, 0–100 with `FACEID_THRESHOLD`; none where the vendor told no similarity. */
export function similarityScores(kind: Score['kind'], similarity: Similarity): readonly Score[] {
  return typeof similarity === 'number' ? [{ kind, value: similarity, ...FACEID_SCORE }] : [];
}

/** A pass whose similarity says no, or that has none: an answer that contradicts itself. */
export function contradictsItself(meaning: CodeMeaning, similarity: Similarity): boolean {
  return passes(meaning) && !(typeof similarity === 'number' && similarity >= FACEID_THRESHOLD);
}
