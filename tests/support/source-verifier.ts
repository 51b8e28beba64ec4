import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..');
export const NODE_24 = join(root, 'node_modules', '.bin', 'node');

const readySchema = z.object({
  ready: z.literal(true),
  address: z.url(),
  enrolmentCode: z.string(),
  serverKeyFingerprint: z.string(),
});

export interface VerifierProcess extends z.infer<typeof readySchema> {
  /** Ends it gracefully and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the reference verifier as its own process on a free port, or on the one given. */
export async function startVerifierProcess(dataFolder: string, port = 0): Promise<VerifierProcess> {
  const child = spawn(
    NODE_24,
    [join(root, 'src/verifier/main.ts'), '--port', String(port), '--data', dataFolder, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const line = await firstLine(child);
  return { ...readySchema.parse(JSON.parse(line)), stop: () => stop(child) };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('the verifier ended before it was ready');
}

async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}
