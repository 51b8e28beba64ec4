import { Option, type Command } from 'commander';
import { spawn } from 'node:child_process';
import { z } from 'zod';
import { sceneSchema } from '../shared/domain/scene.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';

/** How the windowed application is started; set by the launcher. */
const appCommandSchema = z.object({ command: z.string().min(1), args: z.array(z.string()) });

interface CertifyOptions {
  readonly scene: string;
  readonly demo?: boolean;
  readonly dataFolder?: string;
  readonly json?: boolean;
}

const outcomeSchema = z.union([
  z.object({
    certifyId: z.string(),
    scene: z.string(),
    verdict: z.object({ state: z.string(), reason: z.string(), provisional: z.boolean() }).loose(),
    stagesMs: z.record(z.string(), z.number()),
    simulated: z.boolean(),
  }),
  z.object({ error: z.object({ code: z.string() }).loose() }),
]);

/** `certify`: one whole certification without a window, on the camera and the reader that are set up. */
export function registerCertifyCommand(program: Command): void {
  program
    .command('certify')
    .description('carry out one certification without showing a window; whoever runs it has the person’s consent')
    .requiredOption('--scene <id>', 'the scene to certify for')
    .option('--demo', 'with the simulated person, card and reader')
    .option('--data-folder <folder>', 'where records and settings are kept')
    .addOption(new Option('--json', 'machine-readable output'))
    .action(async (options: CertifyOptions) => certify(options));
}

async function certify(options: CertifyOptions): Promise<void> {
  const json = options.json === true;
  const scene = sceneSchema.shape.id.safeParse(options.scene);
  if (!scene.success) {
    return emitError(usageProblem('--scene: 1–20 of letters, digits and hyphen', 'See the scene page.'), json);
  }
  const app = appCommandSchema.safeParse(parseJson(process.env['COUNTERSIGN_APP'] ?? ''));
  if (!app.success) {
    return emitError(
      usageProblem('this command has to be started as "countersign certify"', 'It needs the application.'),
      json,
    );
  }
  const args = [`--certify=${scene.data}`, ...(options.demo ? ['--demo'] : [])];
  if (options.dataFolder !== undefined) args.push(`--data-folder=${options.dataFolder}`);
  const { output, status } = await run(app.data.command, [...app.data.args, ...args]);
  const outcome = outcomeSchema.safeParse(parseJson(output.trim().split('\n').at(-1) ?? ''));
  if (!outcome.success) {
    emitError({ code: 'internal.bug', detail: `the application ended with ${status} and no outcome` }, json);
    return;
  }
  if ('error' in outcome.data) {
    if (json) emitJson(outcome.data);
    else emitText(`not certified: ${outcome.data.error.code}`);
    return setExitCode(status === 2 ? 2 : 1);
  }
  const { verdict, certifyId } = outcome.data;
  if (json) emitJson(outcome.data);
  else
    emitText(`${verdict.state} (${verdict.reason})${verdict.provisional ? ', provisional' : ''}\nrecord ${certifyId}`);
  setExitCode(verdict.state === 'passed' ? 0 : 1);
}

function run(command: string, args: readonly string[]): Promise<{ output: string; status: number }> {
  const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((resolve) => {
    child.once('error', () => resolve({ output, status: 1 }));
    child.once('close', (code) => resolve({ output, status: code ?? 1 }));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
