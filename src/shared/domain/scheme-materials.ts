import { NEEDED_MATERIALS, type Check, type Material } from './verification.ts';
import type { Input, Output, Scheme } from './scheme.ts';

/** Whether this scheme's liveness is judged: before the kiosk's camera, or on the page on the person's phone. */
export function looksAtPerson({ actor, liveness }: Scheme): boolean {
  return actor !== 'caller' && liveness !== 'none';
}

/** Whether the kiosk's camera looks at the person: pictures and clips then come from this device. */
export function usesCamera(scheme: Scheme): boolean {
  return scheme.actor === 'person' && looksAtPerson(scheme);
}

/** Whether both sides of the card are photographed in every certification. */
export function photographsCard({ actor, identity, cardPictures }: Scheme): boolean {
  return actor === 'person' && (identity === 'card-pictures' || cardPictures === 'yes');
}

/**
 * Every material that a certification by this scheme is sure to have when the verifier is asked. What a caller may give
 * but need not isn't among them, nor are card pictures that are taken only now and then.
 */
export function collectedMaterials(scheme: Scheme): ReadonlySet<Material> {
  const { identity, asks, reference } = scheme;
  const given = (input: Input): boolean => scheme.inputs[input] === 'required';
  const fromChip = identity === 'chip-card' && scheme.actor !== 'caller';
  const sides = photographsCard(scheme);
  const has: Readonly<Record<Material, boolean>> = {
    identity: hasIdentity(scheme),
    validity: fromChip || sides || given('validity'),
    phone: asks.includes('phone') || given('phone'),
    'bank-card': asks.includes('bankCard') || given('bankCard'),
    face: looksAtPerson(scheme) || given('face'),
    clip: looksAtPerson(scheme) || given('clip'),
    reference:
      (reference === 'given' && given('reference')) ||
      (reference === 'chip-portrait' && fromChip) ||
      (reference === 'card-portrait' && (sides || given('cardFront'))),
    'card-front': sides || given('cardFront'),
    'card-back': sides || given('cardBack'),
    'bank-card-picture': given('bankCardPicture'),
  };
  return new Set((Object.keys(has) as Material[]).filter((material) => has[material]));
}

function hasIdentity({ actor, identity, inputs }: Scheme): boolean {
  switch (identity) {
    case 'none':
      return false;
    case 'given':
      return inputs.name === 'required' && inputs.number === 'required';
    case 'card-pictures':
      return actor !== 'caller' || inputs.cardFront === 'required';
    case 'chip-card':
    case 'typed':
      return actor !== 'caller';
  }
}

/** What a check can't do without and this scheme doesn't collect; empty where it can be asked. */
export function lackingMaterials(scheme: Scheme, check: Check): readonly Material[] {
  const has = collectedMaterials(scheme);
  return NEEDED_MATERIALS[check].filter((material) => !has.has(material));
}

/** Whether a face takes part in what a check compares or judges. */
export function looksAtFace(check: Check): boolean {
  const needed: readonly Material[] = NEEDED_MATERIALS[check];
  return needed.includes('face') || needed.includes('clip') || check === 'card-picture-authority';
}

/** Whether a certification by this scheme can bring out such a result. */
export function produces(scheme: Scheme, output: Output): boolean {
  const { actor, identity, cardPictures, check, reference } = scheme;
  const cardShown = identity === 'card-pictures' || cardPictures !== 'no';
  switch (output) {
    case 'liveness':
      return looksAtPerson(scheme);
    case 'comparison':
      return cardShown || reference === 'given' || reference === 'chip-portrait' || reference === 'card-portrait';
    case 'verifier-score':
      return check !== null && looksAtFace(check);
    case 'best-frame':
      return looksAtPerson(scheme) || scheme.inputs.clip === 'required';
    case 'clip':
      return actor === 'person' && looksAtPerson(scheme);
    case 'document-fields':
      return cardShown || identity === 'chip-card' || check === 'id-card-reading' || check === 'bank-card-reading';
    case 'portrait':
      return cardShown || identity === 'chip-card';
    case 'card-pictures':
      return cardShown;
  }
}

/** Whether this device comes to a decision without anybody's answer, which then only confirms it. */
export function decidesAlone(scheme: Scheme): boolean {
  const { decides, reference, check } = scheme;
  return decides === 'device' && (looksAtPerson(scheme) || reference !== 'none' || check === 'id-card-reading');
}
