import { callerOrderIdSchema } from '../../../shared/domain/certification-request.ts';
import { typedInputsSchema, type StartableScene } from '../../../shared/ipc/clerk.ts';
import type { WordKey } from '../translation.ts';

export type TypedInput = 'name' | 'number' | 'phone' | 'bankCard';

export interface StartForm {
  readonly orderId: string;
  readonly inputs: Readonly<Partial<Record<TypedInput, string>>>;
  readonly consent: boolean;
  readonly begin: boolean;
}

export const EMPTY_START: StartForm = { orderId: '', inputs: {}, consent: false, begin: true };

export type StartProblems = Readonly<Partial<Record<TypedInput | 'orderId' | 'consent', WordKey>>>;

const PROBLEM_OF: Readonly<Record<TypedInput, WordKey>> = {
  name: 'start.nameProblem',
  number: 'start.numberProblem',
  phone: 'start.phoneProblem',
  bankCard: 'start.bankCardProblem',
};

/** What was typed for the inputs that the scene takes, without blanks around and with a capital check digit. */
export function typedInputs(scene: StartableScene, { inputs }: StartForm): Partial<Record<TypedInput, string>> {
  const given = scene.inputs.flatMap(({ input }) => {
    const name = input as TypedInput;
    const text = (inputs[name] ?? '').trim();
    return text === '' ? [] : [[name, name === 'number' ? text.toUpperCase() : text] as const];
  });
  return Object.fromEntries(given);
}

/** What is wrong with the form before it is sent, by field; main looks again. */
export function startProblems(scene: StartableScene, form: StartForm): StartProblems {
  const typed = typedInputs(scene, form);
  const problems: Partial<Record<keyof StartProblems, WordKey>> = {};
  for (const { input, required } of scene.inputs) {
    const name = input as TypedInput;
    const text = typed[name];
    if (text === undefined) {
      if (required) problems[name] = 'start.missing';
    } else if (!typedInputsSchema.shape[name].safeParse(text).success) problems[name] = PROBLEM_OF[name];
  }
  // One of the two alone says nothing about anybody.
  if (typed.name !== undefined && typed.number === undefined && !problems.number) problems.number = 'start.missing';
  if (typed.number !== undefined && typed.name === undefined && !problems.name) problems.name = 'start.missing';
  if (form.orderId !== '' && !callerOrderIdSchema.safeParse(form.orderId).success)
    problems.orderId = 'start.orderProblem';
  if (scene.byCaller && !form.consent) problems.consent = 'start.consentProblem';
  return problems;
}
