import { canonicalJson } from '../canonical-json.ts';
import { collectedMaterials, lackingMaterials, looksAtFace, looksAtPerson, produces } from './scheme-materials.ts';
import { presetScheme } from './scheme-presets.ts';
import { INPUTS, type Input, type Scheme } from './scheme.ts';
import { problemOf, type SchemeRule } from './scene-problem-rules.ts';
import type { SceneProblem } from './scene-problem.ts';
import type { Check } from './verification.ts';

type Rule = (scheme: Scheme) => readonly SceneProblem[];

/** Checks against something that only the verifier has. */
const AUTHORITY_CHECKS: readonly (Check | null)[] = ['face-authority', 'video-authority', 'card-picture-authority'];
const READING_CHECKS: readonly (Check | null)[] = ['id-card-reading', 'bank-card-reading'];
const PHONE_CHECKS: readonly (Check | null)[] = ['phone', 'bank-card-phone'];
const BANK_CARD_CHECKS: readonly (Check | null)[] = ['bank-card-holder', 'bank-card', 'bank-card-phone'];

/**
 * What keeps a scheme from ever working, all of it, by field. Presets have no such problems; a scheme that an
 * administrator has composed may.
 */
export function checkScheme(scheme: Scheme): readonly SceneProblem[] {
  return RULES.flatMap((rule) => rule(scheme));
}

function when(broken: boolean, rule: SchemeRule, field: string, detail?: string): readonly SceneProblem[] {
  return broken ? [problemOf(rule, field, detail)] : [];
}

const naming: Rule = (scheme) => {
  const preset = presetScheme(scheme.id);
  if (preset === undefined) return when(scheme.family !== 'composed', 'not-composed', 'family', scheme.family);
  return when(canonicalJson(preset) !== canonicalJson(scheme), 'id-taken', 'id', scheme.id);
};

const callerAlone: Rule = ({ actor, identity, liveness, inputs, asks, hosted }) => {
  if (actor !== 'caller') return when(actor === 'phone' && asks.length > 0, 'asks-only-person', 'asks');
  return [
    ...when(identity === 'chip-card' || identity === 'typed', 'caller-cannot-identify', 'identity', identity),
    ...when(liveness !== 'none', 'caller-has-no-liveness', 'liveness'),
    ...when(
      identity === 'card-pictures' && inputs.cardFront !== 'required',
      'caller-card-needs-input',
      'inputs.cardFront',
    ),
    ...when(asks.length > 0, 'asks-only-person', 'asks'),
    ...when(hosted !== null, 'hosted-needs-person', 'hosted', hosted ?? undefined),
  ];
};

const onPhone: Rule = (scheme) => {
  const { actor, liveness, check, decides, identity } = scheme;
  if (actor !== 'phone') return [];
  const asked = check !== null && looksAtFace(check) && decides === 'verifier';
  return [
    ...when(liveness === 'none', 'phone-needs-liveness', 'liveness'),
    ...when(!asked, 'phone-needs-check', check === null || !looksAtFace(check) ? 'check' : 'decides'),
    ...when(identity === 'card-pictures', 'phone-takes-no-card-pictures', 'identity'),
  ];
};

const identified: Rule = ({ identity, inputs, reference }) => {
  const unnamed = (['name', 'number'] as const).filter((input) => inputs[input] !== 'required');
  return [
    ...(identity === 'given'
      ? unnamed.map((input) => problemOf('given-identity-needs-input', `inputs.${input}`, input))
      : []),
    ...when(
      identity === 'none' && (reference === 'authority' || reference === 'retained'),
      'authority-needs-identity',
      'identity',
      reference,
    ),
    ...(identity === 'none'
      ? (['name', 'number', 'validity'] as const)
          .filter((input) => inputs[input] !== undefined)
          .map((input) => problemOf('input-without-identity', `inputs.${input}`, input))
      : []),
  ];
};

const compared: Rule = (scheme) => {
  const { actor, reference, inputs, identity, check, decides } = scheme;
  const materials = collectedMaterials(scheme);
  const ofDevice = reference === 'given' || reference === 'chip-portrait' || reference === 'card-portrait';
  const faceSeen = materials.has('face') || materials.has('clip');
  return [
    ...when(
      reference === 'given' && inputs.reference !== 'required',
      'given-reference-needs-input',
      'inputs.reference',
    ),
    ...when(
      reference === 'chip-portrait' && (identity !== 'chip-card' || actor === 'caller'),
      'chip-portrait-needs-chip',
      'reference',
    ),
    ...when(reference === 'card-portrait' && !materials.has('card-front'), 'card-portrait-needs-pictures', 'reference'),
    ...when(ofDevice && !faceSeen, 'comparison-needs-face', actor === 'caller' ? 'inputs.face' : 'liveness'),
    ...when(
      reference === 'authority' && !AUTHORITY_CHECKS.includes(check),
      'authority-needs-check',
      'check',
      'face-authority',
    ),
    ...when(reference === 'retained' && check !== 'face-retained', 'authority-needs-check', 'check', 'face-retained'),
    ...when(
      decides === 'device' && (reference === 'authority' || reference === 'retained'),
      'device-has-no-reference',
      'decides',
      reference,
    ),
  ];
};

const decided: Rule = (scheme) => {
  const { decides, check, reference, actor, identity } = scheme;
  const readsCard = READING_CHECKS.includes(check) || (actor === 'caller' && identity === 'card-pictures');
  const nothing = !looksAtPerson(scheme) && reference === 'none' && !readsCard;
  const lacking = check === null ? [] : lackingMaterials(scheme, check);
  return [
    ...when(decides === 'verifier' && check === null, 'verifier-needs-check', 'check'),
    ...when(decides === 'device' && nothing, 'device-decides-nothing', 'decides'),
    ...lacking.map((material) => problemOf('check-lacks-material', 'check', material)),
  ];
};

const photographed: Rule = ({ actor, cardPictures, check, decides }) => [
  ...when(cardPictures !== 'no' && actor !== 'person', 'card-pictures-need-person', 'cardPictures', actor),
  ...when(
    cardPictures === 'when-source-unusable' && (!AUTHORITY_CHECKS.includes(check) || decides !== 'verifier'),
    'card-pictures-need-authority',
    'cardPictures',
  ),
];

const asked: Rule = ({ asks, check }) => [
  ...when(asks.includes('phone') && !PHONE_CHECKS.includes(check), 'asks-unused', 'asks', 'phone'),
  ...when(asks.includes('bankCard') && !BANK_CARD_CHECKS.includes(check), 'asks-unused', 'asks', 'bankCard'),
  ...when(new Set(asks).size !== asks.length, 'asks-twice', 'asks'),
];

const given: Rule = (scheme) =>
  INPUTS.filter((input) => scheme.inputs[input] !== undefined && !takes(scheme, input)).map((input) =>
    problemOf('input-unused', `inputs.${input}`, input),
  );

/** Whether anything is done with what a caller gives under this name. Missing identity has a rule of its own. */
function takes({ actor, check, reference, hosted }: Scheme, input: Input): boolean {
  switch (input) {
    case 'name':
    case 'number':
    case 'cardFront':
    case 'cardBack':
      return true;
    case 'validity':
      return check === 'identity-period';
    case 'phone':
      return PHONE_CHECKS.includes(check);
    case 'bankCard':
      return BANK_CARD_CHECKS.includes(check);
    case 'face':
    case 'clip':
      return actor === 'caller';
    case 'reference':
      return reference === 'given' || hosted !== null;
    case 'bankCardPicture':
      return check === 'bank-card-reading';
  }
}

const brought: Rule = (scheme) => {
  const { outputs, liveness } = scheme;
  return [
    ...outputs
      .filter((output) => !produces(scheme, output))
      .map((output) => problemOf('output-not-produced', `outputs.${outputs.indexOf(output)}`, output)),
    ...when(new Set(outputs).size !== outputs.length, 'output-twice', 'outputs'),
    ...when(typeof liveness !== 'string' && new Set(liveness).size !== liveness.length, 'liveness-twice', 'liveness'),
  ];
};

const RULES: readonly Rule[] = [
  naming,
  callerAlone,
  onPhone,
  identified,
  compared,
  decided,
  photographed,
  asked,
  given,
  brought,
];
