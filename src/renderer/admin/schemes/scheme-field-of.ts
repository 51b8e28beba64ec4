import type { SchemeField } from './scheme-form.ts';

/** Which field of the form a path of main's rules stands for. */
export function schemeFieldOf(path: string): SchemeField | null {
  const [first = ''] = path.split('.');
  switch (first) {
    case 'liveness':
      return 'livenessKind';
    case 'id':
    case 'actor':
    case 'identity':
    case 'cardPictures':
    case 'reference':
    case 'check':
    case 'decides':
    case 'asks':
    case 'inputs':
    case 'outputs':
    case 'hosted':
    case 'severalFaces':
      return first;
    default:
      return null;
  }
}
