import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Option, type Command } from 'commander';
import { issueLightChallenge, LIGHT_PALETTES, LIGHT_SLOTS } from '../main/liveness/light-challenge.ts';
import type { LightPalette, LightSlots } from '../main/liveness/light-challenge.ts';
import { countFlashes } from '../main/liveness/light-safety.ts';
import type { RandomBytes } from '../main/liveness/random-choice.ts';
import type { SessionFolder } from '../main/liveness/recorded-session.ts';
import { replaySession, type SessionJudgement } from '../main/liveness/session-replay.ts';
import type { SessionVision } from '../main/liveness/session-vision.ts';
import { emitError, emitJson, emitText, setExitCode, usageProblem } from './output.ts';
import { explanationOf } from './liveness-explanation.ts';
import { openSessionVision } from './session-vision.ts';

interface JudgeOptions {
  readonly json?: boolean;
  readonly explain?: boolean;
  readonly models: string;
}

interface ChallengeOptions {
  readonly json?: boolean;
  readonly kind: string;
  readonly seed: string;
  readonly palette: LightPalette;
  readonly slots: string;
}

/** A folder on disk as a recorded session. */
export function sessionFolder(directory: string): SessionFolder {
  return {
    read: (name) => readFile(path.join(directory, name)).catch(() => null),
    async write(name, bytes) {
      const file = path.join(directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    },
  };
}

/** Bytes that follow from a seed alone, so that an inspected challenge can be repeated. Never used to issue one. */
function seededBytes(seed: string): RandomBytes {
  let counter = 0;
  let pool: Uint8Array = new Uint8Array(0);
  return (count) => {
    while (pool.length < count) {
      const next = createHash('sha256').update(`countersign light challenge ${seed} ${counter++}`).digest();
      pool = Buffer.concat([pool, next]);
    }
    const taken = pool.slice(0, count);
    pool = pool.subarray(count);
    return taken;
  };
}

function showJudgement(dir: string, judgement: SessionJudgement, { json, explain }: JudgeOptions): void {
  const { kind, verdict, reasons, evidence } = judgement;
  if (json) emitJson({ dir, kind, verdict, reasons, evidence });
  else emitText(`${dir}: ${verdict}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`);
  if (explain) for (const line of explanationOf(judgement)) emitText(`  ${line}`);
  if (verdict !== 'live') setExitCode(1);
}

async function judgeFolder(dir: string, vision: SessionVision, options: JudgeOptions): Promise<void> {
  const judged = await replaySession(sessionFolder(dir), vision);
  if (judged.ok) return showJudgement(dir, judged.value, options);
  const { code, detail } = judged.error;
  const message = detail ?? code;
  if (options.json) emitJson({ dir, error: { code, message, hint: 'See the format of a recorded session.' } });
  else emitText(`${dir}: error: ${message}`);
  setExitCode(2);
}

async function judge(dirs: readonly string[], options: JudgeOptions): Promise<void> {
  const vision = await openSessionVision(options.models);
  if (!vision.ok) return emitError(vision.error, options.json ?? false);
  for (const dir of dirs) await judgeFolder(dir, vision.value, options);
}

function showChallenge({ kind, seed, palette, slots, json = false }: ChallengeOptions): void {
  if (kind !== 'light') return emitError(usageProblem(`no challenge of kind ${kind}`, 'Kinds: light.'), json);
  const challenge = issueLightChallenge({
    randomBytes: seededBytes(seed),
    palette,
    slots: Number(slots) as LightSlots,
  });
  if (json) return emitJson(challenge);
  const { general, red } = countFlashes(challenge);
  for (const { rgb, startMs, durationMs } of challenge.colours) {
    emitText(`${startMs} ms  ${durationMs} ms  rgb(${rgb.join(', ')})`);
  }
  emitText(`nonce ${challenge.nonce}; flashes in the worst second: ${general} general, ${red} red`);
}

/** Adds `liveness judge` and `liveness challenge`. */
export function registerLivenessCommands(program: Command): void {
  const liveness = program.command('liveness').description('liveness challenges and recorded sessions');
  liveness
    .command('judge')
    .description('replay recorded sessions through the judge')
    .argument('<dir...>', 'folders with session.json and frames/')
    .addOption(new Option('--models <folder>', 'folder with manifest.json').env('COUNTERSIGN_MODELS').default('models'))
    .option('--json', 'one JSON value a line')
    .option('--explain', 'read the evidence out, on standard error')
    .action((dirs: string[], options: JudgeOptions) => judge(dirs, options));
  liveness
    .command('challenge')
    .description('show a challenge as it would be issued')
    .option('--kind <kind>', 'kind of challenge', 'light')
    .requiredOption('--seed <text>', 'the same seed gives the same challenge')
    .addOption(new Option('--palette <name>', 'colours').choices(LIGHT_PALETTES).default('vivid'))
    .addOption(new Option('--slots <count>', 'number of colours').choices(LIGHT_SLOTS.map(String)).default('10'))
    .option('--json', 'one JSON value')
    .action((options: ChallengeOptions) => showChallenge(options));
}
