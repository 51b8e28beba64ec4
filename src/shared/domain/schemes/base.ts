import type { Scheme } from '../scheme.ts';

/** What most schemes have in common: a person at the kiosk whose card's chip is read and who is shown to be alive. */
const COMMON: Omit<Scheme, 'id' | 'family'> = {
  actor: 'person',
  identity: 'chip-card',
  cardPictures: 'no',
  liveness: 'scene',
  reference: 'chip-portrait',
  check: null,
  decides: 'device',
  asks: [],
  inputs: {},
  outputs: ['liveness', 'comparison', 'best-frame', 'clip', 'document-fields', 'portrait'],
  hosted: null,
};

/** Builds one family's schemes from what each has of its own. */
export function schemesOf(
  family: Scheme['family'],
  schemes: Readonly<Record<string, Partial<Omit<Scheme, 'id' | 'family'>>>>,
): readonly Scheme[] {
  return Object.entries(schemes).map(([id, own]) => ({ ...COMMON, ...own, id, family }));
}
