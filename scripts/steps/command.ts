import { spawn, spawnSync } from 'node:child_process';
import { root } from './paths.ts';

/** Runs a command in the project's folder with its output shown; returns its exit status. */
export function runCommand(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const done = spawnSync(command, [...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32' && !command.endsWith('.exe'),
    env: { ...process.env, ...env },
  });
  return done.status ?? 1;
}

/** Runs a command in the project's folder while others run; gives its exit status and all that it printed. */
export async function runQuietly(
  command: string,
  args: readonly string[],
): Promise<{ readonly status: number; readonly printed: string }> {
  const child = spawn(command, [...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && !command.endsWith('.exe'),
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => parts.push(part));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: 1, printed: `${command}: ${error.message}\n` }));
    child.once('close', (code) => resolve({ status: code ?? 1, printed: Buffer.concat(parts).toString() }));
  });
}

/** Runs a command that has to succeed, or ends this process with a sentence about what failed. */
export function requireCommand(
  what: string,
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): void {
  const status = runCommand(command, args, env);
  if (status !== 0) {
    console.error(`${what} failed (exit ${status}).`);
    process.exit(1);
  }
}

/** Runs a script of this project with this Node. */
export function runScript(file: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): number {
  return runCommand(process.execPath, [file, ...args], env);
}
