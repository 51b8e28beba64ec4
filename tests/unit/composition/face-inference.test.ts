import type { SpeechService } from '../../../src/main/composition/speech-service.ts';
import { describe, expect, it } from 'vitest';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { createFaceInference } from '../../../src/main/composition/face-inference.ts';
import type { InferenceContract } from '../../../src/main/inference/contract.ts';
import type { Caller } from '../../../src/main/worker-process/rpc.ts';

const THRESHOLDS = (['live-live', 'live-chip'] as const).map((kind) => ({
  kind,
  measured: 'test',
  points: [
    { far: 1e-2, cosine: 0.3 },
    { far: 1e-4, cosine: 0.4 },
  ],
}));

/** A worker whose models load when `load` is called. */
function slowWorker() {
  const calls: string[] = [];
  let load: (result: Result<unknown, Failure>) => void = () => undefined;
  const caller = {
    call: (method: string) => {
      calls.push(method);
      return method === 'prepare'
        ? new Promise((resolve) => {
            load = resolve;
          })
        : Promise.resolve(ok(null));
    },
    onEvent: () => undefined,
  } as unknown as Caller<InferenceContract>;
  const inference = createFaceInference(caller, { modelsFolder: '/models', threads: 1 }, deaf);
  return { calls, inference, load: (result: Result<unknown, Failure>) => load(result) };
}

const deaf: Pick<SpeechService, 'begin' | 'hear' | 'complete'> = {
  begin: () => undefined,
  hear: () => undefined,
  complete: async (evidence) => evidence,
};

describe('a capture that is opened while the models load', () => {
  it('waits for them', async () => {
    const { calls, inference, load } = slowWorker();
    void inference.prepare();
    const opened = inference.openCapture('a', {}, false);
    await Promise.resolve();
    expect(calls).toEqual(['prepare']);
    load(ok({ models: [], thresholds: THRESHOLDS, voice: true, loadMs: 1 }));
    expect(await opened).toEqual(ok(null));
    expect(inference.state()).toBe('ready');
  });

  it('ends with why they were refused', async () => {
    const { inference, load } = slowWorker();
    void inference.prepare();
    const opened = inference.openCapture('a', {}, false);
    const refused = err(failure('inference.model-refused', 'one.onnx'));
    load(refused);
    expect(await opened).toEqual(refused);
  });
});

describe('two faces', () => {
  const at = (cosine: number): Float32Array => new Float32Array([cosine, Math.sqrt(1 - cosine * cosine)]);

  it('are the same from the strictest rate on, different below the grey band, and unsure between', async () => {
    const { inference, load } = slowWorker();
    expect(inference.compareFaces(at(1), at(1))).toBe('unsure');
    void inference.prepare();
    const points = [
      { far: 1e-2, cosine: 0.3 },
      { far: 1e-3, cosine: 0.35 },
      { far: 1e-5, cosine: 0.5 },
    ];
    load(ok({ models: [], thresholds: THRESHOLDS.map((curve) => ({ ...curve, points })), voice: true, loadMs: 1 }));
    await inference.openCapture('a', {}, false);
    const compared = [0.2, 0.34, 0.36, 0.49, 0.51, 1].map((cosine) => inference.compareFaces(at(1), at(cosine)));
    expect(compared).toEqual(['different', 'different', 'unsure', 'unsure', 'same', 'same']);
  });
});
