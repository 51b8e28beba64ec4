import { CommanderError, type Command } from 'commander';
import { nextStepText, reasonText } from '../shared/reason-texts.ts';
import { REASONS, type Failure } from '../shared/reasons.ts';

/** 0 done, 1 refused or failed, 2 bad usage or bad input. */
export type ExitCode = 0 | 1 | 2;

/** A command line that can't be carried out as written. */
export interface UsageProblem {
  readonly code: 'usage';
  readonly message: string;
  readonly hint: string;
}

/**
 * What `emitError` reports with exit code 2. Both texts are English sentences or parts of one; an empty hint isn't
 * printed.
 */
export function usageProblem(message: string, hint: string): UsageProblem {
  return { code: 'usage', message, hint };
}

/** Prints one JSON value as one line on standard output. */
export function emitJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Prints text for people on standard error, so that standard output stays machine-readable. */
export function emitText(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Reports a failure or a usage problem and sets the exit code: as `{"error":{code,message,hint}}` on standard
 * output with `--json`, as text on standard error otherwise.
 *
 * @param exitCode defaults to 2 for a usage problem and for `request.invalid`, 1 for every other failure; pass 2
 *   when the failure is about the input given (a file that can't be parsed).
 */
export function emitError(problem: Failure | UsageProblem, json: boolean, exitCode?: 1 | 2): void {
  const { code, message, hint } = describeProblem(problem);
  if (json) emitJson({ error: { code, message, hint } });
  else emitText(hint === '' ? `error: ${message}` : `error: ${message}\n${hint}`);
  setExitCode(exitCode ?? (code === 'usage' || code === 'request.invalid' ? 2 : 1));
}

/** Remembers the exit code of the command; the worst one wins when a batch reports several. */
export function setExitCode(code: ExitCode): void {
  const current = typeof process.exitCode === 'number' ? process.exitCode : 0;
  process.exitCode = Math.max(current, code);
}

/**
 * Runs a command line. Usage mistakes that commander finds are reported like every other error, with exit code 2;
 * help and version end with 0.
 */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  const json = argv.includes('--json');
  for (const command of withSubcommands(program)) {
    command.exitOverride();
    command.configureOutput({
      writeErr: (text) => void (json || process.stderr.write(text)),
      outputError: () => undefined,
    });
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const message = error.message.replace(/^error: /, '');
    emitError(usageProblem(message === '(outputHelp)' ? 'a command is missing' : message, 'See --help.'), json);
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

/** A problem in English words: what happened, and what to do (empty when nothing is to be done). */
export function describeProblem(problem: Failure | UsageProblem): { code: string; message: string; hint: string } {
  if ('message' in problem) return problem;
  const { code, detail } = problem;
  const text = reasonText(code, 'en', 'clerk');
  const hint = nextStepText(REASONS[code].next, 'en', 'clerk');
  return { code, message: detail === undefined ? text : `${text.replace(/\.$/, '')} (${detail})`, hint };
}
