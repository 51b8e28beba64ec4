import { z } from 'zod';
import type { Capability, CheckAnswer, CheckRequest } from '../../../../shared/domain/verification.ts';
import { failure } from '../../../../shared/reasons.ts';
import type { CallContext } from '../../contract.ts';
import type { AliyunClient } from '../client.ts';
import { VERIFICATION_ERRORS, type CodeMeaning } from '../codes.ts';
import { unfitPicture, VERIFICATION_PICTURE_LIMITS } from '../material-limits.ts';
import type { ApiVersion } from '../operations/operation.ts';
import { compareFaces2018, compareFaces2019 } from '../operations/verify-2018.ts';
import { callOperation } from '../rpc-exchange.ts';
import { CONTRADICTION, unasked, verdict, withoutQuery, withoutVerdict } from '../verdicts.ts';
import { base64, type AliyunCheck } from './check.ts';

/** Portraits of card chips are 102 × 126 pixels; the vendor has its own kind for them. */
const CHIP_PORTRAIT_LONG_SIDE = 160;
/** Where at most one wrong acceptance in 10,000 is expected, it passes; up to one in 100, a clerk looks at it. */
const PASS_SHARE = 0.0001;
const LOOK_SHARE = 0.01;

/** Two pictures with each other, in the older product: the one that knows portraits of card chips. */
export function compareFacesCheck(client: AliyunClient, api: ApiVersion): AliyunCheck {
  const operation = api === '2018-09-16' ? compareFaces2018 : compareFaces2019;
  const capability: Capability = {
    check: 'face-reference',
    operation: operation.action,
    materials: ['face', 'reference'],
    basis: 'reference',
    pictures: VERIFICATION_PICTURE_LIMITS,
    clip: null,
    queryable: false,
    billed: true,
    score: { scale: 100, threshold: null },
  };
  const ask = async ({ materials }: CheckRequest, context: CallContext): Promise<CheckAnswer> => {
    const { face, reference } = materials;
    if (face === undefined || reference === undefined) return unasked(failure('material.missing'), capability);
    const complaint =
      unfitPicture(face, VERIFICATION_PICTURE_LIMITS, 'face') ??
      unfitPicture(reference, VERIFICATION_PICTURE_LIMITS, 'reference');
    if (complaint !== null) return unasked(complaint, capability);
    const isChipPortrait = Math.max(reference.width, reference.height) <= CHIP_PORTRAIT_LONG_SIDE;
    const form = {
      SourceImageType: 'FacePic',
      SourceImageValue: `base64://${base64(face.bytes)}`,
      TargetImageType: isChipPortrait ? 'IDPic' : 'FacePic',
      TargetImageValue: `base64://${base64(reference.bytes)}`,
    } as const;
    const answer = await callOperation(client.parts, client.account, operation, form, context);
    if (answer.kind !== 'answered') return withoutVerdict(answer, capability, VERIFICATION_ERRORS, null);
    const { SimilarityScore, ConfidenceThresholds } = answer.answer.Data;
    const thresholds = parseThresholds(ConfidenceThresholds);
    return verdict(similarityMeaning(SimilarityScore, thresholds), {
      capability,
      said: answer.said,
      code: `Code ${answer.said.code}`,
      scores: [{ kind: 'reference', value: SimilarityScore, scale: 100, threshold: thresholds?.pass ?? null }],
      reference: null,
    });
  };
  return { capability, ask, query: () => Promise.resolve(withoutQuery(capability)) };
}

interface Thresholds {
  readonly pass: number;
  readonly look: number;
}

const thresholdsSchema = z.record(z.string().regex(/^\d+(\.\d+)?%?$/), z.coerce.number().positive().max(100));

/** Keys are shares of wrong acceptances. They change with the pictures and the vendor's models, so they aren't kept. */
function parseThresholds(text: string): Thresholds | null {
  try {
    const parsed = thresholdsSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const least = (most: number) =>
      Object.entries(parsed.data)
        .filter(([share]) => shareOf(share) <= most)
        .reduce((lowest, [, threshold]) => Math.min(lowest, threshold), Number.POSITIVE_INFINITY);
    const pass = least(PASS_SHARE);
    return Number.isFinite(pass) ? { pass, look: least(LOOK_SHARE) } : null;
  } catch {
    return null;
  }
}

function shareOf(text: string): number {
  return text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
}

function similarityMeaning(score: number, thresholds: Thresholds | null): CodeMeaning {
  if (thresholds === null || score < 0 || score > 100) return CONTRADICTION;
  if (score >= thresholds.pass) return { kind: 'confirmed', billed: true };
  const reason = score >= thresholds.look ? 'face.grey-band' : 'face.low-similarity';
  return { kind: 'unconfirmed', reason, retry: 'none', billed: true };
}
