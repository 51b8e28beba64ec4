import type { LivenessMode } from '../liveness-mode.ts';
import type { Scheme } from '../scheme.ts';
import { schemesOf } from './base.ts';

const NAMED = { name: 'required', number: 'required' } as const;
const SEEN = ['liveness', 'verifier-score', 'best-frame', 'clip'] as const;

type Own = Partial<Omit<Scheme, 'id' | 'family'>>;

/** Liveness alone: nobody is identified. */
function alive(mode: LivenessMode): Own {
  return { identity: 'none', liveness: [mode], reference: 'none', outputs: ['liveness', 'best-frame', 'clip'] };
}

/** Liveness with a comparison against the authority's photo of the person that the caller names. */
function aliveAndNamed(mode: LivenessMode): Own {
  return {
    identity: 'given',
    liveness: [mode],
    reference: 'authority',
    check: 'face-authority',
    decides: 'verifier',
    inputs: NAMED,
    outputs: [...SEEN],
  };
}

/** Liveness with a comparison against a picture that comes along. */
function aliveAndCompared(mode: LivenessMode): Own {
  return {
    identity: 'none',
    liveness: [mode],
    reference: 'given',
    check: 'face-reference',
    inputs: { reference: 'required' },
    outputs: [...SEEN, 'comparison'],
  };
}

const CALLER = { actor: 'caller', liveness: 'none' } as const;

/** Tencent 金融级身份认证 by its kinds of liveness, its ways of comparing, and its page for phones and PC browsers. */
export const TENCENT_SCHEMES = schemesOf('tencent', {
  LightLiveness: alive('light'),
  ActionLiveness: alive('action'),
  DigitLiveness: alive('digits'),
  SilentLiveness: alive('silent'),
  LightIdentity: aliveAndNamed('light'),
  ActionIdentity: aliveAndNamed('action'),
  DigitIdentity: aliveAndNamed('digits'),
  SilentIdentity: aliveAndNamed('silent'),
  LightCompare: aliveAndCompared('light'),
  ActionCompare: aliveAndCompared('action'),
  DigitCompare: aliveAndCompared('digits'),
  SilentCompare: aliveAndCompared('silent'),
  SelfieIdentity: {
    ...CALLER,
    identity: 'given',
    reference: 'authority',
    check: 'face-authority',
    decides: 'verifier',
    inputs: { ...NAMED, face: 'required' },
    outputs: ['verifier-score'],
  },
  SelfieCompare: {
    ...CALLER,
    identity: 'none',
    reference: 'given',
    check: 'face-reference',
    inputs: { face: 'required', reference: 'required' },
    outputs: ['comparison', 'verifier-score'],
  },
  BestFrame: { identity: 'none', reference: 'none', liveness: ['silent'], outputs: ['liveness', 'best-frame'] },
  SeveralFacesCompare: {
    ...CALLER,
    identity: 'none',
    reference: 'given',
    severalFaces: true,
    inputs: { face: 'required', reference: 'required' },
    outputs: ['comparison'],
  },
  IdCardReading: {
    ...CALLER,
    identity: 'card-pictures',
    reference: 'none',
    check: 'id-card-reading',
    inputs: { cardFront: 'required', cardBack: 'optional' },
    outputs: ['document-fields', 'portrait'],
  },
  BankCardReading: {
    ...CALLER,
    identity: 'none',
    reference: 'none',
    check: 'bank-card-reading',
    inputs: { bankCardPicture: 'required' },
    outputs: ['document-fields'],
  },
  BrowserIdentity: {
    actor: 'phone',
    identity: 'given',
    reference: 'authority',
    check: 'face-authority',
    decides: 'verifier',
    inputs: { ...NAMED, reference: 'optional' },
    outputs: ['liveness', 'verifier-score', 'best-frame'],
    hosted: 'tencent',
  },
});
