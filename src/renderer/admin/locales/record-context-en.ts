import type { recordContextZhCN } from './record-context-zh-CN.ts';
import type { SameShape } from './same-shape.ts';

/** What a record says of who asked, which way was taken, and what followed. */
export const recordContextEn: SameShape<typeof recordContextZhCN> = {
  title: 'How it came about',
  order: 'Order id',
  request: 'Request',
  follows: 'Carries on',
  fallback: 'Another way',
  fallbackText: '{{way}} (instead of {{from}})',
  handOff: 'On the phone',
  handOffNone: 'nothing came of it',
  returnedFace: 'Face picture given',
  returnedFaceText: '{{size}}, SHA-256 {{hash}}',
  consentVersion: 'Notice version',
  consentHash: 'Notice hash',
  consentBy: 'Consent asked by',
  consentByCaller: 'The caller',
  consentByKiosk: 'This terminal',
  guardian: 'Guardian',
  returnFace: 'Agreed to give the picture',
  yes: 'Yes',
  no: 'No',
  risk: 'Risk findings',
  settled: 'By the verifier’s word',
  captured: 'this terminal recorded {{reason}}',
  person: 'This person',
  personNone: 'This record identified nobody, so nothing can be erased by person.',
};
