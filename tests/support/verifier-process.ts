import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { root } from '../../scripts/steps/paths.ts';

const readySchema = z.object({ ready: z.literal(true), address: z.url(), enrolmentCode: z.string() }).loose();

/** The built reference verifier as a process of its own. */
export interface VerifierProcess {
  readonly address: string;
  readonly enrolmentCode: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface VerifierProcessOptions {
  /** File that says who answers which check. */
  readonly adapters?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export async function startVerifier(
  dataFolder: string,
  port = 0,
  { adapters, environment = {} }: VerifierProcessOptions = {},
): Promise<VerifierProcess> {
  const child = spawn(
    process.execPath,
    [
      ...[join(root, 'out/main/verifier.js'), '--port', String(port), '--data', dataFolder, '--json'],
      ...(adapters === undefined ? [] : ['--checks', adapters]),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the verifier ended with ${code} before it was ready`)));
  });
  const { address, enrolmentCode } = readySchema.parse(JSON.parse(line));
  return {
    address,
    enrolmentCode,
    port: Number(new URL(address).port),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
