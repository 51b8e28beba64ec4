import { Option, type Command } from 'commander';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { z } from 'zod';
import { callerOrderIdSchema } from '../shared/domain/certification-request.ts';
import { sceneSchema } from '../shared/domain/scene.ts';
import { failure, isFailureCode, type FailureCode } from '../shared/reasons.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';

/** How the windowed application is started; set by the launcher. */
const appCommandSchema = z.object({ command: z.string().min(1), args: z.array(z.string()) });

interface CertifyOptions {
  readonly scene: string;
  readonly inputs?: string;
  readonly order?: string;
  readonly demo?: boolean;
  readonly dataFolder?: string;
  readonly json?: boolean;
}

const failureSchema = z.object({
  code: z.custom<FailureCode>((value) => typeof value === 'string' && isFailureCode(value), 'a failure code'),
  detail: z.string().optional(),
});

const outcomeSchema = z.union([
  z.object({
    certifyId: z.string(),
    scene: z.string(),
    verdict: z.object({ state: z.string(), reason: z.string(), provisional: z.boolean() }).loose(),
    stagesMs: z.record(z.string(), z.number()),
    simulated: z.boolean(),
    /** As `order result` gives it. */
    result: z.unknown().optional(),
  }),
  z.object({ error: failureSchema }),
]);

/**
 * `certify`: one whole certification without a window, of any scheme: on the camera and the reader that are set up, or
 * with what a file gives where the scheme needs nobody.
 */
export function registerCertifyCommand(program: Command): void {
  program
    .command('certify')
    .description('carry out one certification without showing a window; whoever runs it has the person’s consent')
    .requiredOption('--scene <id>', 'the scene to certify for')
    .option('--inputs <file>', 'JSON: what a caller gives; pictures as {"file": "path"} or {"base64": "..."}')
    .option('--order <order>', 'the caller’s own number for it')
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
  if (options.order !== undefined && !callerOrderIdSchema.safeParse(options.order).success) {
    const limit = '--order: 1–64 of letters, digits, point, hyphen and underscore';
    return emitError(usageProblem(limit, 'See “order create”.'), json);
  }
  const app = appCommandSchema.safeParse(parseJson(process.env['COUNTERSIGN_APP'] ?? ''));
  if (!app.success) {
    return emitError(
      usageProblem('this command has to be started as "countersign certify"', 'It needs the application.'),
      json,
    );
  }
  const args = [`--certify=${scene.data}`, ...(options.demo ? ['--demo'] : [])];
  if (options.inputs !== undefined) args.push(`--inputs=${resolve(options.inputs)}`);
  if (options.order !== undefined) args.push(`--order=${options.order}`);
  if (options.dataFolder !== undefined) args.push(`--data-folder=${options.dataFolder}`);
  const { output, status } = await run(app.data.command, [...app.data.args, ...args]);
  const outcome = outcomeSchema.safeParse(parseJson(output.trim().split('\n').at(-1) ?? ''));
  if (!outcome.success) {
    emitError({ code: 'internal.bug', detail: `the application ended with ${status} and no outcome` }, json);
    return;
  }
  if ('error' in outcome.data) {
    const { code, detail } = outcome.data.error;
    return emitError(failure(code, detail), json, status === 2 ? 2 : 1);
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
  return new Promise((settle) => {
    child.once('error', () => settle({ output, status: 1 }));
    child.once('close', (code) => settle({ output, status: code ?? 1 }));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
