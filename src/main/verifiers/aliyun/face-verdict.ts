import { z } from 'zod';
import type { Score } from '../../../shared/domain/verification.ts';
import { meaningOf, SUB_CODES, type CodeMeaning } from './codes.ts';
import { CONTRADICTION } from './verdicts.ts';

/** What the operations of the financial series say in `ResultObject`. */
export interface FaceVerdict {
  readonly Passed: string;
  readonly SubCode?: string | undefined;
  readonly MaterialInfo?: string | undefined;
}

const materialInfo = z.object({
  faceAttack: z.string().optional(),
  facialPictureFront: z.object({ verifyScore: z.number().optional() }).optional(),
  verifyScore: z.number().optional(),
});

/**
 * `Passed` decides, but a pass needs a `SubCode` that tells the same, and details that can be read and name no attack.
 */
export function faceMeaning({ Passed, SubCode, MaterialInfo }: FaceVerdict): CodeMeaning {
  if (SubCode === undefined) return CONTRADICTION;
  const meaning = meaningOf(SubCode, SUB_CODES);
  if (Passed === 'F') return meaning.kind === 'confirmed' ? CONTRADICTION : meaning;
  if (Passed !== 'T' || meaning.kind !== 'confirmed') return CONTRADICTION;
  const details = detailsOf(MaterialInfo);
  if (details === null) return CONTRADICTION;
  return details.faceAttack === 'T' ? meaningOf('205', SUB_CODES) : meaning;
}

/** The comparison's score, where it is told. */
export function faceScores({ MaterialInfo }: FaceVerdict, kind: Score['kind']): readonly Score[] {
  const details = detailsOf(MaterialInfo);
  const value = details?.facialPictureFront?.verifyScore ?? details?.verifyScore;
  return value === undefined ? [] : [{ kind, value, scale: 100, threshold: null }];
}

/** Empty where none are told, null where they can't be read. */
function detailsOf(text: string | undefined): z.infer<typeof materialInfo> | null {
  if (text === undefined || text === '') return {};
  try {
    const parsed = materialInfo.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
