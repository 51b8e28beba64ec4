import { schemesOf } from './base.ts';

/**
 * Tencent FaceIn's levels: `FaceInSimple` compares the face with the authority's photo and asks for nothing,
 * `FaceInMedium` asks for actions, `FaceInAdvanced` for digits read aloud. The device looks at the face's quality first
 * and applies the risk rules, so that no call is paid for in vain.
 */
export const FACEIN_SCHEMES = schemesOf(
  'facein',
  Object.fromEntries(
    (
      [
        ['FaceInSimple', 'silent'],
        ['FaceInMedium', 'action'],
        ['FaceInAdvanced', 'digits'],
      ] as const
    ).map(([id, mode]) => [
      id,
      {
        identity: 'given',
        liveness: [mode],
        reference: 'authority',
        check: 'face-authority',
        decides: 'verifier',
        inputs: { name: 'required', number: 'required' },
        outputs: ['liveness', 'verifier-score', 'best-frame', 'clip'],
      } as const,
    ]),
  ),
);
