import { COMPARISON_ERRORS } from './codes.ts';
import type { AliyunAnswer, AliyunCall, AliyunOperation } from './operation.ts';
import { httpError } from './token-operations.ts';

/** Shares of wrong acceptances with their thresholds, both as text; the real ones differ from call to call. */
const THRESHOLDS = JSON.stringify({ '0.0001': '90.07', '0.001': '80.01', '0.01': '70.02' });
const SIMILAR = 92.4;
/** Between two thresholds, and below all of them. */
const OTHER_SCORES = ['75', '42'];

/** Two pictures with each other, in both versions; their envelopes call success `1` and `200`. */
export const compareFaces: AliyunOperation = {
  versions: ['2018-09-16', '2019-03-07'],
  required: ['SourceImageType', 'SourceImageValue', 'TargetImageType', 'TargetImageValue'],
  codes: ['1', ...OTHER_SCORES, ...COMPARISON_ERRORS],
  missing: 'InvalidParam.ParamMissing',
  answer: compare,
};

/** A number other than 1 is a similarity. */
function compare({ scripted, parameters, version }: AliyunCall): AliyunAnswer {
  const code = scripted ?? fault(parameters) ?? '1';
  if (!/^\d+(\.\d+)?$/.test(code)) return httpError(code);
  const SimilarityScore = code === '1' ? SIMILAR : Number(code);
  const Data = { SimilarityScore, ConfidenceThresholds: THRESHOLDS };
  return { code, billed: true, fields: { Code: version === '2018-09-16' ? '1' : '200', Success: true, Data } };
}

const KINDS = new Set(['FacePic', 'IDPic']);

function fault({ SourceImageType = '', TargetImageType = '' }: AliyunCall['parameters']): string | null {
  if (!KINDS.has(SourceImageType) || !KINDS.has(TargetImageType)) return 'InvalidParam.ImageTypeInvalid';
  return SourceImageType === 'FacePic' || TargetImageType === 'FacePic' ? null : 'InvalidParam.FacePicNotGiven';
}
