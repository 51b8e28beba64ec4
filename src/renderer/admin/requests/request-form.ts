import {
  callerOrderIdSchema,
  newRequestSchema,
  type NewRequest,
} from '../../../shared/domain/certification-request.ts';
import { readIdentityNumber } from '../../../shared/domain/identity-number.ts';
import { INPUTS, type Input, type Scheme } from '../../../shared/domain/scheme.ts';
import { clipChallengeSchema, type Picture } from '../../../shared/domain/verification.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';
import type { ClipFile } from './file-bytes.ts';

export const TEXT_INPUTS = ['name', 'number', 'phone', 'bankCard'] as const;
export type TextInput = (typeof TEXT_INPUTS)[number];
export const PICTURE_INPUTS = ['face', 'reference', 'cardFront', 'cardBack', 'bankCardPicture'] as const;
export type PictureInput = (typeof PICTURE_INPUTS)[number];
export const CLIP_KINDS = ['silent', 'digits', 'action'] as const;

/** A request as its form holds it; what its scheme doesn't take stays empty. */
export interface RequestDraft extends Readonly<Record<TextInput, string>> {
  readonly sceneId: string;
  readonly orderId: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly pictures: Readonly<Partial<Record<PictureInput, Picture>>>;
  readonly clip: ClipFile | null;
  readonly clipKind: (typeof CLIP_KINDS)[number];
  readonly clipCode: string;
  readonly consent: boolean;
  readonly transmit: boolean;
}
export type RequestField = Input | 'sceneId' | 'orderId' | 'clipCode' | 'consent';

export function emptyRequest(sceneId: string): RequestDraft {
  return {
    sceneId,
    orderId: '',
    name: '',
    number: '',
    phone: '',
    bankCard: '',
    validFrom: '',
    validTo: '',
    pictures: {},
    clip: null,
    clipKind: 'silent',
    clipCode: '',
    consent: false,
    transmit: true,
  };
}

const MISSING: Problem = { key: 'requests.form.problem.missing' };
// As cards have it printed, whatever the language of the window.
// eslint-disable-next-line no-restricted-syntax
const LONG_TERM = new Set(['长期', 'long-term', 'long term']);

function numberProblem(number: string): Problem | null {
  if (!/^\d{17}[\dX]$/.test(number)) return { key: 'requests.form.problem.number' };
  return readIdentityNumber(number).ok ? null : { key: 'requests.form.problem.numberCheck' };
}

const TEXT_PROBLEMS: Readonly<Record<TextInput, (text: string) => Problem | null>> = {
  name: (text) => (text.length <= 60 ? null : { key: 'requests.form.problem.name' }),
  number: numberProblem,
  phone: (text) => (/^1\d{10}$/.test(text) ? null : { key: 'requests.form.problem.phone' }),
  bankCard: (text) => (/^\d{12,19}$/.test(text) ? null : { key: 'requests.form.problem.bankCard' }),
};

/** What was typed, as it is kept: without spaces in numbers, with a capital X. */
function typed(draft: RequestDraft, input: TextInput): string {
  const text = draft[input].trim();
  return input === 'name' ? text : text.replace(/[\s-]/g, '').toUpperCase();
}

function readValidity(draft: RequestDraft): unknown {
  const [from, to] = [draft.validFrom.trim(), draft.validTo.trim()];
  return from === '' && to === '' ? undefined : { from, to: LONG_TERM.has(to.toLowerCase()) ? 'long-term' : to };
}

function readChallenge({ clipKind, clipCode }: RequestDraft) {
  const code = clipCode.replace(/[\s，、]+/g, ',').replace(/^,|,$/g, '');
  const parts = { silent: {}, digits: { code: clipCode.trim() }, action: { actions: code } };
  return clipChallengeSchema.safeParse({ kind: clipKind, ...parts[clipKind] });
}

type Read = { readonly value: unknown; readonly problem: Problem | null; readonly field?: RequestField };

function readInput(draft: RequestDraft, input: Input): Read {
  switch (input) {
    case 'name':
    case 'number':
    case 'phone':
    case 'bankCard': {
      const text = typed(draft, input);
      return text === '' ? { value: undefined, problem: null } : { value: text, problem: TEXT_PROBLEMS[input](text) };
    }
    case 'validity': {
      const value = readValidity(draft);
      const isWrong = !newRequestSchema.shape.inputs.shape.validity.safeParse(value).success;
      return { value, problem: isWrong ? { key: 'requests.form.problem.validity' } : null };
    }
    case 'clip': {
      if (draft.clip === null) return { value: undefined, problem: null };
      const challenge = readChallenge(draft);
      return challenge.success
        ? { value: { ...draft.clip, challenge: challenge.data }, problem: null }
        : { value: null, problem: { key: 'requests.form.problem.clipCode' }, field: 'clipCode' };
    }
    default:
      return { value: draft.pictures[input], problem: null };
  }
}

/** Inputs that a scheme takes, in their usual order. */
export function takenInputs({ inputs }: Pick<Scheme, 'inputs'>): readonly Input[] {
  return INPUTS.filter((input) => inputs[input] !== undefined);
}

/** Reads the form for a scheme: what it doesn't take is left out, what it needs has to be there. */
export function parseRequest(draft: RequestDraft, scheme: Scheme): Parsed<NewRequest, RequestField> {
  const problems: { -readonly [Field in RequestField]?: Problem } = {};
  const inputs: Record<string, unknown> = {};
  if (!callerOrderIdSchema.safeParse(draft.orderId.trim()).success)
    problems.orderId = { key: 'requests.form.problem.order' };
  for (const input of takenInputs(scheme)) {
    const { value, problem, field = input } = readInput(draft, input);
    if (problem !== null) problems[field] = problem;
    else if (value !== undefined) inputs[input] = value;
    else if (scheme.inputs[input] === 'required') problems[input] = MISSING;
  }
  if (scheme.actor === 'caller' && !draft.consent) problems.consent = { key: 'requests.form.needConsent' };
  return parsed(problems, () =>
    newRequestSchema.parse({
      sceneId: draft.sceneId,
      orderId: draft.orderId.trim(),
      inputs,
      ...(draft.consent ? { consent: { capture: true, transmit: draft.transmit } } : {}),
    }),
  );
}
