import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

let folder: (() => string) | undefined;

/** Tells where `stand-in-calls.jsonl` is kept: the application's user data. */
export function recordCallsIn(userData: () => string): void {
  folder = userData;
}

/**
 * Writes down a call that would change the machine and therefore isn't carried out, as one JSON line
 * `{"call": name, "args": […]}` in `stand-in-calls.jsonl`, so that a test can see that it was made.
 */
export function recordCall(call: string, ...args: readonly unknown[]): void {
  if (!folder) return;
  const directory = folder();
  mkdirSync(directory, { recursive: true });
  appendFileSync(join(directory, 'stand-in-calls.jsonl'), `${JSON.stringify({ call, args })}\n`);
}
