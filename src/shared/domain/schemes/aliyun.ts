import { schemesOf } from './base.ts';

const NAMED = { name: 'required', number: 'required' } as const;
const CARD_SIDES = { cardFront: 'optional', cardBack: 'optional' } as const;
const AUTHORITY = { reference: 'authority', check: 'face-authority', decides: 'verifier' } as const;
const SEEN = ['liveness', 'verifier-score', 'best-frame', 'clip'] as const;

/**
 * Aliyun 实人认证 (API 2018-09-16 and 2019-03-07). `RPBasic`: both sides of the card are photographed and read, and what
 * is unsure is confirmed. `RPManual`: name and number are typed. `RPBioID`: named by the caller, card photographed.
 * `RPBioOnlyPro`: card photographed only where the authority's photo is unusable. `RPBioOnly`: the face alone.
 * `FVBioOnly`: against a retained picture. `FDBioOnly`: liveness alone. `RPH5BioOnly`: on a phone. `RPMin`,
 * `CompareFaces`: no user.
 */
export const ALIYUN_SCHEMES = schemesOf('aliyun', {
  RPBasic: {
    ...AUTHORITY,
    identity: 'card-pictures',
    cardPictures: 'yes',
    outputs: [...SEEN, 'comparison', 'document-fields', 'portrait', 'card-pictures'],
  },
  RPManual: { ...AUTHORITY, identity: 'typed', outputs: [...SEEN] },
  RPBioID: {
    ...AUTHORITY,
    identity: 'card-pictures',
    cardPictures: 'yes',
    inputs: NAMED,
    outputs: [...SEEN, 'comparison', 'document-fields', 'portrait', 'card-pictures'],
  },
  RPBioOnlyPro: {
    ...AUTHORITY,
    identity: 'given',
    cardPictures: 'when-source-unusable',
    inputs: NAMED,
    outputs: [...SEEN, 'document-fields', 'portrait', 'card-pictures'],
  },
  RPBioOnly: { ...AUTHORITY, identity: 'given', inputs: { ...NAMED, ...CARD_SIDES }, outputs: [...SEEN] },
  FVBioOnly: {
    identity: 'none',
    reference: 'given',
    check: 'face-reference',
    inputs: { reference: 'required' },
    outputs: [...SEEN, 'comparison'],
  },
  FDBioOnly: { identity: 'none', reference: 'none', check: 'face-live', outputs: [...SEEN] },
  RPH5BioOnly: {
    ...AUTHORITY,
    actor: 'phone',
    identity: 'given',
    inputs: { ...NAMED, ...CARD_SIDES },
    outputs: ['liveness', 'verifier-score', 'best-frame'],
    hosted: 'aliyun',
  },
  RPMin: {
    ...AUTHORITY,
    actor: 'caller',
    identity: 'given',
    liveness: 'none',
    inputs: { ...NAMED, ...CARD_SIDES, face: 'required' },
    outputs: ['verifier-score'],
  },
  CompareFaces: {
    actor: 'caller',
    identity: 'none',
    liveness: 'none',
    reference: 'given',
    check: 'face-reference',
    inputs: { face: 'required', reference: 'required' },
    outputs: ['comparison', 'verifier-score'],
  },
});
