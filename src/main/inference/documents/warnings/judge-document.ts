import type { DocumentWarning, DocumentWarningKind } from '../../../../shared/domain/document-warning.ts';
import type { JudgedDocument } from '../contract.ts';
import { blurScore } from './blur.ts';
import { borderCutScore } from './border-cut.ts';
import { cellsOf } from './card-cells.ts';
import { expiredScore } from './expired.ts';
import { glareScore } from './glare.ts';
import { lumaPlaneOf, softened } from './luma-plane.ts';
import { notACardScore } from './not-a-card.ts';
import { temporaryScore } from './temporary.ts';
import { WARNING_LIMITS } from './warning-limits.ts';

/**
 * Looks at a document for everything that casts doubt on it or on its picture. Every check of the page is in the list,
 * raised or not, in the order of `DOCUMENT_WARNING_KINDS`.
 */
export function judgeDocument(judged: JudgedDocument): readonly DocumentWarning[] {
  const { card, fields, today } = judged;
  const cells = cellsOf(card.picture);
  const luma = softened(lumaPlaneOf(card.picture));
  const warnings: DocumentWarning[] = [];
  const add = (kind: DocumentWarningKind, score: number): void => {
    const limit = WARNING_LIMITS[kind];
    warnings.push({ kind, score, limit, raised: score >= limit });
  };
  if (judged.page !== 'bank-card') add('temporary', temporaryScore(judged));
  add('expired', expiredScore(fields, today));
  add('border-cut', borderCutScore(card));
  add('glare', glareScore(cells));
  add('blur', blurScore(luma, card));
  add('not-a-card', notACardScore(judged));
  return warnings;
}
