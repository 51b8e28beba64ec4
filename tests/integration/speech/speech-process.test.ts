import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpeechContract } from '../../../src/main/speech/contract.ts';
import { createSpeechRecogniser, SPEECH_CODES } from '../../../src/main/speech/speech-recogniser.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor } from '../../../src/main/worker-process/rpc.ts';
import { changedFiles, speechFiles, writeFiles } from '../../support/speech/speech-folder.ts';
import { pcmOf } from '../../support/speech/synthetic-voice.ts';
import { tonesOf } from '../../support/speech/tone-model.ts';

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url)('sherpa-onnx-node');
    return true;
  } catch {
    return false;
  }
}
const installed = isInstalled();
if (!installed) console.warn('sherpa-onnx-node is not installed here: the real runtime is left out');

let folder: string;
let worker: WorkerProcess;
const recogniserFor = () => {
  worker = forkWorker(join(process.cwd(), 'src/main/speech/worker.ts'));
  const exited = new Promise<number | null>((resolve) => worker.onExit(resolve));
  return { recogniser: createSpeechRecogniser(callerFor<SpeechContract>(worker, SPEECH_CODES), folder), exited };
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-speech-'));
});
afterEach(async () => {
  worker.kill();
  await rm(folder, { recursive: true });
});

describe('the speech process', () => {
  it('names the fault of an empty folder', async () => {
    const { recogniser } = recogniserFor();
    expect(await recogniser.prepare()).toEqual({
      state: 'off',
      why: { code: 'speech.unavailable', detail: 'speech.json is missing' },
    });
  });

  it.runIf(installed)('loads a model into the real runtime, passes its self-test and recognises', async () => {
    await writeFiles(folder, speechFiles());
    const { recogniser } = recogniserFor();
    expect(await recogniser.prepare()).toEqual({ state: 'ready', languages: ['zh-CN', 'en'] });
    for (const digits of ['8204', '0123456789']) {
      expect(await recogniser.recognise(pcmOf(tonesOf(digits)), 'zh-CN')).toEqual({ ok: true, value: { digits } });
    }
    expect(await recogniser.recognise(pcmOf(new Float32Array(16_000)), 'en')).toEqual({
      ok: true,
      value: { digits: '' },
    });
  });

  it.runIf(installed)('is off when the self-test hears other digits', async () => {
    await writeFiles(
      folder,
      changedFiles({}, (description) => void (description.selfTest['digits'] = '0352')),
    );
    const { recogniser } = recogniserFor();
    expect(await recogniser.prepare()).toMatchObject({
      state: 'off',
      why: { detail: 'selfTest.digits is 0352, the model hears 0351' },
    });
  });

  it.runIf(installed)('outlives a model that is none, whatever the runtime does about it', async () => {
    await writeFiles(folder, changedFiles({ 'model.onnx': Buffer.from('no model at all') }));
    const { recogniser } = recogniserFor();
    expect(await recogniser.prepare()).toMatchObject({ state: 'off', why: { code: 'speech.unavailable' } });
  });

  it.runIf(installed)('outlives a process that the runtime ends', async () => {
    await writeFiles(folder, changedFiles({ 'tokens.txt': Buffer.from('a 0\nb 1\n') }));
    const { recogniser, exited } = recogniserFor();
    expect(await recogniser.prepare()).toMatchObject({
      state: 'off',
      why: { detail: 'the speech process ended while it loaded the model' },
    });
    expect(await exited).not.toBe(0);
  });
});
