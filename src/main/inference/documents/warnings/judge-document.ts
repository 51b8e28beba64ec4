import type { DocumentWarning, DocumentWarningKind } from '../../../../shared/domain/document-warning.ts';
import type { JudgedDocument } from '../contract.ts';
import { blurScore } from './blur.ts';
import { borderCutScore } from './border-cut.ts';
import { cellsOf } from './card-cells.ts';
import { copyScore, greyScore } from './copy.ts';
import { editedScore } from './edited.ts';
import { expiredScore } from './expired.ts';
import { glareScore } from './glare.ts';
import { groundLightOf } from './ground-light.ts';
import { lumaPlaneOf, softened } from './luma-plane.ts';
import { notACardScore } from './not-a-card.ts';
import { occlusionScore } from './occlusion.ts';
import { periodicityOf } from './periodicity.ts';
import { recaptureScore } from './recapture.ts';
import { temporaryScore } from './temporary.ts';
import { WARNING_LIMITS } from './warning-limits.ts';

/** What is looked for on each page, in the order of `DOCUMENT_WARNING_KINDS`. */
const CHECKS: Readonly<Record<JudgedDocument['page'], readonly DocumentWarningKind[]>> = {
  'id-card-front': [
    'copy',
    'black-and-white-copy',
    'recapture',
    'edited',
    'temporary',
    'expired',
    'border-cut',
    'occlusion',
    'glare',
    'blur',
    'not-a-card',
  ],
  'id-card-back': [
    'copy',
    'black-and-white-copy',
    'recapture',
    'edited',
    'temporary',
    'expired',
    'border-cut',
    'occlusion',
    'glare',
    'blur',
    'not-a-card',
  ],
  // Bank cards come in any design, grey or patched: only what doesn't depend on it.
  'bank-card': ['copy', 'recapture', 'expired', 'border-cut', 'glare', 'blur', 'not-a-card'],
};

/**
 * Looks at a document for everything that casts doubt on it or on its picture. Every check of the page is in the list,
 * raised or not, in the order of `DOCUMENT_WARNING_KINDS`. The same document always gets the same scores.
 */
export function judgeDocument(judged: JudgedDocument): readonly DocumentWarning[] {
  const scores = scoresOf(judged);
  return CHECKS[judged.page].map((kind) => {
    const [score, limit] = [Math.min(1, Math.max(0, scores[kind])), WARNING_LIMITS[kind]];
    return { kind, score, limit, raised: score >= limit };
  });
}

function scoresOf(judged: JudgedDocument): Readonly<Record<DocumentWarningKind, number>> {
  const { card, page, fields, today } = judged;
  const cells = cellsOf(card.picture);
  const light = groundLightOf(cells);
  const luma = lumaPlaneOf(card.picture);
  const blur = blurScore(softened(luma), card);
  const notACard = notACardScore(judged);
  const periodicity = periodicityOf(card);
  const copy = copyScore(page, luma, periodicity);
  const recapture = recaptureScore(periodicity, copy);
  return {
    copy,
    'black-and-white-copy': greyScore(light),
    recapture,
    // Moiré makes the ground's noise uneven: on a screen nothing can be said of edits.
    edited: recapture >= WARNING_LIMITS.recapture ? 0 : editedScore(judged, luma),
    temporary: temporaryScore(judged),
    expired: expiredScore(fields, today),
    'border-cut': borderCutScore(card),
    // Blur takes the ground's lines here and leaves them there.
    occlusion: occlusionScore(judged, cells, light, blur < WARNING_LIMITS.blur),
    glare: glareScore(cells),
    blur,
    'not-a-card': notACard,
  };
}
