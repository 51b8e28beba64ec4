import { presetScheme } from '../../../shared/domain/scheme-presets.ts';
import { INPUTS, OUTPUTS, schemeSchema, type Input, type Output, type Scheme } from '../../../shared/domain/scheme.ts';
import { LIVENESS_MODE_IDS, type LivenessMode } from '../../../shared/domain/liveness-mode.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export const LIVENESS_KINDS = ['scene', 'modes', 'none'] as const;
export const INPUT_NEEDS = ['no', 'optional', 'required'] as const;
export type InputNeed = (typeof INPUT_NEEDS)[number];
/** Kinds of liveness in a row, at most. */
export const MOST_MODES = 4;

/** A scheme as its form holds it: lists are text with commas, so that two drafts can be told apart. */
export interface SchemeDraft {
  readonly id: string;
  readonly actor: Scheme['actor'];
  readonly identity: Scheme['identity'];
  readonly cardPictures: Scheme['cardPictures'];
  readonly livenessKind: (typeof LIVENESS_KINDS)[number];
  readonly modes: string;
  readonly reference: Scheme['reference'];
  readonly check: NonNullable<Scheme['check']> | 'none';
  readonly decides: Scheme['decides'];
  readonly asks: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly hosted: NonNullable<Scheme['hosted']> | 'none';
  readonly severalFaces: boolean;
}
export type SchemeField = keyof SchemeDraft;

export function schemeDraft(scheme: Scheme): SchemeDraft {
  const { liveness, inputs } = scheme;
  return {
    id: scheme.id,
    actor: scheme.actor,
    identity: scheme.identity,
    cardPictures: scheme.cardPictures,
    livenessKind: typeof liveness === 'string' ? liveness : 'modes',
    modes: typeof liveness === 'string' ? '' : liveness.join(','),
    reference: scheme.reference,
    check: scheme.check ?? 'none',
    decides: scheme.decides,
    asks: scheme.asks.join(','),
    inputs: INPUTS.flatMap((input) => (inputs[input] === undefined ? [] : [`${input}:${inputs[input]}`])).join(','),
    outputs: OUTPUTS.filter((output) => scheme.outputs.includes(output)).join(','),
    hosted: scheme.hosted ?? 'none',
    severalFaces: scheme.severalFaces ?? false,
  };
}

export function modesOf({ modes }: Pick<SchemeDraft, 'modes'>): readonly LivenessMode[] {
  return modes.split(',').flatMap((name) => LIVENESS_MODE_IDS.filter((mode) => mode === name));
}

export function needOf({ inputs }: Pick<SchemeDraft, 'inputs'>, input: Input): InputNeed {
  const found = inputs.split(',').find((each) => each.startsWith(`${input}:`));
  return INPUT_NEEDS.find((need) => need === found?.split(':')[1]) ?? 'no';
}

/** The draft's inputs with one of them needed otherwise, in their usual order. */
export function withNeed(draft: Pick<SchemeDraft, 'inputs'>, input: Input, need: InputNeed): Partial<SchemeDraft> {
  const needs = INPUTS.map((each) => [each, each === input ? need : needOf(draft, each)] as const);
  return { inputs: needs.flatMap(([each, its]) => (its === 'no' ? [] : [`${each}:${its}`])).join(',') };
}

export function hasListed(list: string, item: string): boolean {
  return list.split(',').includes(item);
}

/** A list of a closed set with one of its items in or out, in the order of the set. */
export function toggled(list: string, items: readonly string[], item: string, on: boolean): string {
  return items.filter((each) => (each === item ? on : hasListed(list, each))).join(',');
}

function livenessOf(draft: SchemeDraft): unknown {
  return draft.livenessKind === 'modes' ? modesOf(draft) : draft.livenessKind;
}

/** Reads the form. Whether its parts fit each other is for main's rules to say. */
export function parseScheme(draft: SchemeDraft): Parsed<Scheme, SchemeField> {
  const problems: { -readonly [Field in SchemeField]?: Problem } = {};
  const id = draft.id.trim();
  if (!schemeSchema.shape.id.safeParse(id).success) problems.id = { key: 'schemes.composer.problem.id' };
  else if (presetScheme(id)) problems.id = { key: 'schemes.composer.problem.taken' };
  const modes = modesOf(draft).length;
  if (draft.livenessKind === 'modes' && (modes < 1 || modes > MOST_MODES))
    problems.modes = { key: 'schemes.composer.problem.modes' };
  return parsed(problems, () =>
    schemeSchema.parse({
      id,
      family: 'composed',
      actor: draft.actor,
      identity: draft.identity,
      cardPictures: draft.cardPictures,
      liveness: livenessOf(draft),
      reference: draft.reference,
      check: draft.check === 'none' ? null : draft.check,
      decides: draft.decides,
      asks: draft.asks === '' ? [] : draft.asks.split(','),
      inputs: Object.fromEntries(
        INPUTS.flatMap((input) => (needOf(draft, input) === 'no' ? [] : [[input, needOf(draft, input)]])),
      ),
      outputs: OUTPUTS.filter((output: Output) => hasListed(draft.outputs, output)),
      hosted: draft.hosted === 'none' ? null : draft.hosted,
      ...(draft.severalFaces ? { severalFaces: true } : {}),
    }),
  );
}
