import { pinSchema } from '../../../shared/ipc/admin.ts';
import { parsed, type Parsed, type Problem } from '../form-problem.ts';

export interface PinDraft {
  readonly pin: string;
  readonly repeated: string;
}

/** True for a PIN that is guessed first: one digit repeated, or digits that count up or down. */
export function isGuessable(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return [0, 1, -1].some((step) => steps.every((taken) => taken === step));
}

/** Reads a new PIN: 6 to 12 digits, not guessable, typed twice alike. */
export function parseNewPin(draft: PinDraft): Parsed<{ readonly pin: string }, keyof PinDraft> {
  const problems: { pin?: Problem; repeated?: Problem } = {};
  if (!pinSchema.safeParse(draft.pin).success) problems.pin = { key: 'gate.problem.length' };
  else if (isGuessable(draft.pin)) problems.pin = { key: 'gate.problem.guessable' };
  else if (draft.repeated !== draft.pin) problems.repeated = { key: 'gate.problem.repeated' };
  return parsed(problems, () => ({ pin: draft.pin }));
}
