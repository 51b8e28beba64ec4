import type { IdentityDocument } from '../../../src/shared/domain/document.ts';
import type { LivenessVerdict } from '../../../src/shared/domain/liveness.ts';
import type { Failure } from '../../../src/shared/reasons.ts';

/** What stands before the terminal and lies on its reader, as its worker processes report it. */
export interface SceneBeforeCamera {
  liveness: LivenessVerdict;
  /** Cosine of the face with whatever portrait or picture it is compared with; null: that shows no face. */
  similarity: number | null;
  card: IdentityDocument | Failure;
  /** Name and number that the printed card shows. */
  printed: { readonly name: string; readonly number: string; readonly birthDate: string };
  /** Whether documents can be read from pictures. */
  readable: boolean;
  /** Faces in a picture that somebody gives. */
  facesInPictures: number;
  /** The digits that are read aloud: those that were last asked for. */
  said: string;
}

/** A name and a number that nobody has: the region code 110101 with a birthday and a check digit that fits. */
export const SAMPLE_PERSON = { name: '样例人', number: '110105199001010029', birthDate: '1990-01-01' } as const;

export function sampleCard(changes: Partial<IdentityDocument['fields']> = {}): IdentityDocument {
  return {
    kind: 'resident',
    fields: {
      name: SAMPLE_PERSON.name,
      sex: 'female',
      nation: '汉',
      birthDate: SAMPLE_PERSON.birthDate,
      address: '样例市样例路1号',
      number: SAMPLE_PERSON.number,
      issuer: '样例市公安局',
      validFrom: '2020-01-01',
      validTo: '2040-01-01',
      ...changes,
    },
    portrait: { state: 'decoded', image: new Uint8Array([1, 2, 3]), mediaType: 'image/webp' },
    simulated: false,
  };
}

export function usualScene(): SceneBeforeCamera {
  return {
    liveness: 'live',
    similarity: 0.62,
    card: sampleCard(),
    printed: SAMPLE_PERSON,
    readable: true,
    facesInPictures: 1,
    said: '',
  };
}
