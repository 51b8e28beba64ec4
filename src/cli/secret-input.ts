import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { secretFault } from '../shared/domain/staff-secret.ts';
import { failure, type Failure } from '../shared/reasons.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { emitText } from './output.ts';

const FAULTS = {
  length: 'a PIN is 6 to 12 digits, a password 8 to 128 characters',
  guessable: 'not one character repeated, and no digits or letters in a row',
  'hidden-characters': 'no control characters',
} as const;

/**
 * A new PIN or password from the first line of standard input, typed without an echo where that is a terminal. Never
 * from the arguments, which other programs of the machine can see.
 */
export async function readNewSecret(): Promise<Result<string, Failure>> {
  if (process.stdin.isTTY) emitText('New PIN or password (is not shown):');
  const typed = await firstLine();
  const fault = secretFault(typed);
  return fault === null ? ok(typed) : err(failure('request.invalid', `standard input: ${FAULTS[fault]}`));
}

async function firstLine(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
