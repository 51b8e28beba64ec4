/** Why a verifier doesn't serve a check or a scheme; the sentences are in `service-refusals.json`. */
export const SERVICE_REFUSALS = [
  'not-set-up',
  'no-operation',
  'not-answered',
  'not-collected',
  'no-phone-page',
  'visitors-app-only',
  'no-scene',
  'no-scene-nor-older',
  'scene-and-bucket',
  'pictures-only',
  'own-client-only',
  'faces-only',
  'cards-elsewhere',
  'no-own-photo',
  'clips-with-comparison',
  'live-not-in-picture',
  'live-not-in-clip',
  'keeps-no-pictures',
  'picture-shows-no-life',
  'clips-not-looked-at',
] as const;
export type ServiceRefusalCode = (typeof SERVICE_REFUSALS)[number];

/** What the sentence names: identifiers of the program and of vendors, which are the same in every language. */
type Named = 'verifier' | 'check' | 'material' | 'materials' | 'scene';

/** For whoever configures; never personal data. */
export interface ServiceRefusal extends Readonly<Partial<Record<Named, string>>> {
  readonly code: ServiceRefusalCode;
}
