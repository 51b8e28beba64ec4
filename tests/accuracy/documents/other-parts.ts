import { runScript } from '../../../scripts/steps/command.ts';

const PROGRAMS = {
  'bank-cards': (count: number) => ['tests/accuracy/documents/bank-cards/main.ts', '--cards', String(count)],
  zones: (count: number) => ['tests/accuracy/documents/zones-run.ts', '--count', String(count)],
  warnings: (count: number, seedFrom: number) => [
    'tests/accuracy/documents/warnings-run.ts',
    '--count',
    String(count),
    '--seed-from',
    String(seedFrom),
  ],
} as const;
type OtherPart = keyof typeof PROGRAMS;

/** Runs what measures bank cards, zones and warnings, one after the other. */
export function measureOtherParts(only: string | null, count: number, seedFrom: number): void {
  for (const part of Object.keys(PROGRAMS) as OtherPart[]) {
    if (only !== null && only !== part) continue;
    const [script = '', ...args] = PROGRAMS[part](count, seedFrom);
    console.log(`\n## ${part}\n`);
    if (runScript(script, args) !== 0) process.exitCode = 1;
  }
}
