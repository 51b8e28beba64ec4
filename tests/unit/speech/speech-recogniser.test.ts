import { describe, expect, it } from 'vitest';
import type { SpeechContract } from '../../../src/main/speech/contract.ts';
import { createSpeechHandlers } from '../../../src/main/speech/handlers.ts';
import { loadSherpa, type SherpaRuntime } from '../../../src/main/speech/sherpa-runtime.ts';
import {
  createSpeechRecogniser,
  noSpeechRecogniser,
  SPEECH_CODES,
} from '../../../src/main/speech/speech-recogniser.ts';
import { callerFor } from '../../../src/main/worker-process/rpc.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { basename } from 'node:path';
import { ok, type Result } from '../../../src/shared/result.ts';
import { speechFiles } from '../../support/speech/speech-folder.ts';

type Answer = Result<SpeechContract[keyof SpeechContract]['result'], { code: string; detail?: string }> | 'exit' | null;

/** A worker process that answers calls as told; null leaves them without an answer. */
function workerAnswering(answers: Answer[]) {
  const received: string[] = [];
  let answer: (message: unknown) => void = () => undefined;
  let exit: (code: number | null) => void = () => undefined;
  let expire: () => void = () => undefined;
  const caller = callerFor<SpeechContract>(
    {
      post: (message) => {
        const { id, method } = message as { id: number; method: string };
        received.push(method);
        const next = answers.shift() ?? null;
        if (next === 'exit') queueMicrotask(() => exit(null));
        else if (next) queueMicrotask(() => answer({ type: 'reply', id, result: next }));
      },
      onMessage: (listener) => void (answer = listener),
      onExit: (listener) => void (exit = listener),
      kill: () => undefined,
    },
    SPEECH_CODES,
    (run) => {
      expire = run;
      return () => undefined;
    },
  );
  return { recogniser: createSpeechRecogniser(caller, '/models/speech'), received, expire: () => expire() };
}

const LOADED = ok({ name: 'Tones', languages: ['zh-CN'] as const, loadMs: 1, selfTestMs: 1, utteranceMs: 1 });
const READY = { state: 'ready', languages: ['zh-CN'] };
const refusal = { ok: false, error: failure('speech.unavailable', 'tokens.txt is missing') } as const;
const pcm = new Uint8Array(320);

describe('a recogniser in its own process', () => {
  it('is starting, then ready, then recognises', async () => {
    const { recogniser } = workerAnswering([LOADED, ok({ digits: '0351' })]);
    expect(recogniser.state()).toEqual({ state: 'starting' });
    expect(await recogniser.recognise(pcm, 'zh-CN')).toMatchObject({
      ok: false,
      error: { code: 'speech.unavailable' },
    });
    expect(await recogniser.prepare()).toEqual(READY);
    expect(await recogniser.recognise(pcm, 'zh-CN')).toEqual(ok({ digits: '0351' }));
  });

  it('is off with the reason, and stays off after a restart', async () => {
    const { recogniser, received } = workerAnswering([refusal]);
    const off = { state: 'off', why: refusal.error };
    expect(await recogniser.prepare()).toEqual(off);
    expect(await recogniser.recognise(pcm, 'zh-CN')).toEqual(refusal);
    expect(await recogniser.restarted()).toEqual(off);
    expect(received).toEqual(['prepare']);
  });

  it('does not load a model again that ended the process', async () => {
    const { recogniser, received } = workerAnswering(['exit']);
    const preparing = recogniser.prepare();
    await recogniser.restarted();
    expect(await preparing).toMatchObject({ state: 'off', why: { detail: /ended while it loaded/ } });
    expect(received).toEqual(['prepare']);
  });

  it('loads the model again after a process that ended otherwise', async () => {
    const { recogniser, received } = workerAnswering([LOADED, LOADED]);
    await recogniser.prepare();
    expect(await recogniser.restarted()).toEqual(READY);
    expect(received).toEqual(['prepare', 'prepare']);
  });

  it('reports a process that hangs', async () => {
    const { recogniser, expire } = workerAnswering([null]);
    const preparing = recogniser.prepare();
    expire();
    expect(await preparing).toMatchObject({ state: 'off', why: { detail: 'prepare after 60000 ms' } });
  });

  it('is off where there is no model', async () => {
    const none = noSpeechRecogniser();
    const why = failure('speech.unavailable', 'no speech model is installed');
    expect(none.state()).toEqual({ state: 'off', why });
    expect(await none.prepare()).toEqual({ state: 'off', why });
    expect(await none.recognise(pcm, 'en')).toEqual({ ok: false, error: why });
  });
});

/** A runtime that hears what it is told to hear. */
function runtimeHearing(text: string | Error): SherpaRuntime {
  class Recogniser {
    constructor() {
      if (text instanceof Error) throw text;
    }
    createStream() {
      return { acceptWaveform: () => undefined, inputFinished: () => undefined };
    }
    isReady() {
      return false;
    }
    decode() {
      return undefined;
    }
    getResult() {
      return { text: String(text) };
    }
  }
  return { OfflineRecognizer: Recogniser, OnlineRecognizer: Recogniser };
}

const handlersWith = (loadRuntime: () => Result<SherpaRuntime, Failure>) => {
  const files = speechFiles();
  return createSpeechHandlers({
    clock: { wallMs: () => 0, monotonicMs: () => 0 },
    readFile: async (path) => files.get(basename(path)) ?? null,
    loadRuntime,
  });
};

describe('the speech process', () => {
  const absent = (): never => {
    throw new Error('Cannot find module');
  };

  it('says that the runtime is not installed', async () => {
    expect(await handlersWith(() => loadSherpa(absent)).prepare({ folder: '/m' })).toEqual({
      ok: false,
      error: failure('speech.unavailable', 'sherpa-onnx-node is not installed for this system'),
    });
  });

  it.each([
    ['幺二', 'selfTest.digits is 0351, the model hears 12'],
    ['', 'selfTest.digits is 0351, the model hears nothing'],
    [new Error('broken'), "Tones can't be loaded as zipformer-ctc"],
  ])('refuses a model that hears %s in its self-test', async (text, detail) => {
    const handlers = handlersWith(() => ok(runtimeHearing(text)));
    expect(await handlers.prepare({ folder: '/m' })).toEqual({
      ok: false,
      error: failure('speech.unavailable', detail),
    });
    expect(await handlers.recognise({ pcm: new Uint8Array(2), language: 'zh-CN' })).toMatchObject({ ok: false });
  });

  it('hears the digits alone, zeroes the sound and refuses what is no sound', async () => {
    const handlers = handlersWith(() => ok(runtimeHearing('零三 五，一')));
    expect(await handlers.prepare({ folder: '/m' })).toMatchObject({ ok: true, value: { name: 'Tones' } });
    const heard = new Uint8Array(320).fill(7);
    expect(await handlers.recognise({ pcm: heard, language: 'zh-CN' })).toEqual(ok({ digits: '0351' }));
    expect(heard.every((byte) => byte === 0)).toBe(true);
    for (const length of [0, 3, 960_002]) {
      expect(await handlers.recognise({ pcm: new Uint8Array(length), language: 'zh-CN' })).toMatchObject({
        error: { code: 'request.invalid' },
      });
    }
  });
});
