import type { FramedEvidence } from '../../shared/domain/liveness.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

/** Tencent's rule for digit liveness: three of four. One digit may be wrong, missing or one too many. */
const ALLOWED_ERRORS = 1;

/**
 * Adds to the evidence of a digits challenge which digits a recogniser heard. `measures.recognised` is how many were
 * right; it is absent from evidence that no recogniser took part in, and then nobody knows what was said.
 *
 * Wrong is only what was heard and doesn't belong there, at least twice. Too little of it heard is not wrong but
 * missing: an accent or a noise can do that to an honest reader.
 *
 * @param heard the digits in the order in which they were heard; anything else has been dropped.
 */
export function withRecognition(evidence: FramedEvidence, expected: string, heard: string): FramedEvidence {
  if (evidence.state === 'unmeasured' || evidence.kind !== 'digits') return evidence;
  const right = commonSubsequence(expected, heard);
  const errors = editDistance(expected, heard);
  const measures = { ...evidence.measures, recognised: right, recognisedErrors: errors };
  if (errors <= ALLOWED_ERRORS) return { ...evidence, measures };
  const wrong = heard.length - right > ALLOWED_ERRORS;
  const reason: ReasonCode = wrong ? 'liveness.wrong-digits' : 'capture.no-speech';
  return {
    ...evidence,
    refuted: wrong ? [...evidence.refuted, reason] : evidence.refuted,
    missing: wrong || evidence.missing.includes(reason) ? evidence.missing : [...evidence.missing, reason],
    measures,
  };
}

/**
 * The evidence of a digits challenge that stands alone: without a recogniser's word on it, what was said is still
 * unknown, which is `speech.unavailable`.
 */
export function requireRecognition(evidence: FramedEvidence): FramedEvidence {
  if (evidence.state === 'unmeasured' || evidence.kind !== 'digits') return evidence;
  if (evidence.measures['recognised'] !== undefined) return evidence;
  return { ...evidence, missing: [...evidence.missing, 'speech.unavailable'] };
}

/** Least number of digits to replace, drop or add (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row.at(-1)!;
}

/** Length of the longest common subsequence. */
function commonSubsequence(a: string, b: string): number {
  let row: number[] = Array.from({ length: b.length + 1 }, () => 0);
  for (const digit of a) {
    const above = row;
    row = [0];
    for (let j = 1; j <= b.length; j++) {
      row.push(digit === b[j - 1] ? above[j - 1]! + 1 : Math.max(above[j]!, row[j - 1]!));
    }
  }
  return row.at(-1)!;
}
