import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from '../../../scripts/steps/command.ts';
import { root } from '../../../scripts/steps/paths.ts';

const PROGRAMS = {
  'bank-cards': (count: number) => ['tests/accuracy/documents/bank-cards/main.ts', '--cards', String(count)],
  zones: (count: number) => ['tests/accuracy/documents/zones/main.ts', '--count', String(count)],
  warnings: (count: number) => ['tests/accuracy/documents/attacks/main.ts', '--count', String(count)],
} as const;
type OtherPart = keyof typeof PROGRAMS;

/** Runs what measures bank cards, zones and warnings, one after the other; says so where a part has no program. */
export function measureOtherParts(only: string | null, count: number): void {
  for (const part of Object.keys(PROGRAMS) as OtherPart[]) {
    if (only !== null && only !== part) continue;
    const [script = '', ...args] = PROGRAMS[part](count);
    console.log(`\n## ${part}\n`);
    if (!existsSync(join(root, script))) console.log(`${script} isn't there: not measured.`);
    else if (runScript(script, args) !== 0) process.exitCode = 1;
  }
}
