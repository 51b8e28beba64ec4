import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { SpeechContract } from '../main/speech/contract.ts';
import { SPEECH_CODES } from '../main/speech/speech-recogniser.ts';
import { forkWorker } from '../main/worker-process/child-process.ts';
import { callerFor } from '../main/worker-process/rpc.ts';
import { emitError, emitJson, emitText } from './output.ts';

const TIMEOUT_MS = 120_000;

/** `speech`: what concerns the recogniser of spoken digits. */
export function registerSpeechCommands(program: Command): void {
  program
    .command('speech')
    .description('the recogniser of spoken digits')
    .command('check')
    .description('check a folder with a speech model, load it and have it recognise its self-test')
    .argument('<dir>', 'folder with speech.json')
    .option('--json', 'one JSON value on standard output')
    .action(async (dir: string, { json = false }: { readonly json?: boolean }) => check(dir, json));
}

/** In a process of its own, as in the kiosk: a model that the runtime can't work with ends its process. */
async function check(dir: string, json: boolean): Promise<void> {
  const worker = forkWorker(workerFile());
  try {
    const caller = callerFor<SpeechContract>(worker, SPEECH_CODES);
    const prepared = await caller.call('prepare', { folder: path.resolve(dir) }, TIMEOUT_MS);
    if (!prepared.ok) {
      const { code, detail = 'the runtime ended while it loaded the model' } = prepared.error;
      emitError({ code, detail }, json);
      return;
    }
    const { name, languages, loadMs, selfTestMs, utteranceMs } = prepared.value;
    if (json) emitJson({ name, languages, loadMs, selfTestMs, utteranceMs });
    else {
      emitText(`${name}: ${languages.join(', ')}; loaded in ${Math.round(loadMs)} ms`);
      emitText(`self-test passed: ${Math.round(selfTestMs)} ms for ${Math.round(utteranceMs)} ms of speech`);
    }
  } finally {
    worker.kill();
  }
}

/** Beside the built command line, or among the sources. */
function workerFile(): string {
  const built = path.join(import.meta.dirname, 'speech.js');
  return existsSync(built) ? built : path.join(import.meta.dirname, '../main/speech/worker.ts');
}
