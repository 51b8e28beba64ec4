import { schemesOf } from './base.ts';

const NAMED = { name: 'required', number: 'required' } as const;
const AUTHORITY = { reference: 'authority', check: 'face-authority', decides: 'verifier' } as const;
const SEEN = ['liveness', 'verifier-score', 'best-frame', 'clip'] as const;

/**
 * Aliyun 金融级实人认证 (API 2019-03-07). `ID_PRO`: named by the caller, alive, against the authority. `ID_PLUS`: the card
 * is photographed too. `FACE`: on the person's own phone. `ID_MIN`, `ID_MIN_VIDEO`: a picture or a clip that the caller
 * has. `PV_FV`: alive, against a picture that comes along. `LR_FR`: alive, nobody is identified. `PV_FC`: two pictures.
 */
export const ALIYUN_FINANCIAL_SCHEMES = schemesOf('aliyun-financial', {
  ID_PRO: { ...AUTHORITY, identity: 'given', inputs: NAMED, outputs: [...SEEN], hosted: 'aliyun' },
  ID_PLUS: {
    ...AUTHORITY,
    identity: 'card-pictures',
    cardPictures: 'yes',
    outputs: [...SEEN, 'comparison', 'document-fields', 'portrait', 'card-pictures'],
  },
  FACE: {
    ...AUTHORITY,
    actor: 'phone',
    identity: 'given',
    inputs: NAMED,
    outputs: ['liveness', 'verifier-score', 'best-frame'],
    hosted: 'aliyun',
  },
  ID_MIN: {
    ...AUTHORITY,
    actor: 'caller',
    identity: 'given',
    liveness: 'none',
    inputs: { ...NAMED, face: 'required' },
    outputs: ['verifier-score'],
  },
  ID_MIN_VIDEO: {
    ...AUTHORITY,
    actor: 'caller',
    identity: 'given',
    liveness: 'none',
    check: 'video-authority',
    inputs: { ...NAMED, clip: 'required' },
    outputs: ['verifier-score', 'best-frame'],
  },
  PV_FV: {
    identity: 'none',
    reference: 'given',
    check: 'face-reference',
    inputs: { reference: 'required' },
    outputs: [...SEEN, 'comparison'],
  },
  LR_FR: { identity: 'none', reference: 'none', check: 'face-live', outputs: [...SEEN] },
  PV_FC: {
    actor: 'caller',
    identity: 'none',
    liveness: 'none',
    reference: 'given',
    check: 'face-reference',
    inputs: { face: 'required', reference: 'required' },
    outputs: ['comparison', 'verifier-score'],
  },
});
