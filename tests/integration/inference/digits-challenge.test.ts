import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceContract } from '../../../src/main/inference/contract.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import type { DigitsChallenge } from '../../../src/shared/domain/challenge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';
import { pcmOf, put, roomOf, seededRandom, voicedSyllable } from '../../support/speech/synthetic-voice.ts';

const CODES = { crashed: 'inference.crashed', late: 'inference.unavailable' } as const;
const FACE = { x: 0.2, y: 0.1, width: 0.6, height: 0.8 };
const FRAME_MS = 60;
const CHUNK_MS = 160;
const challenge: DigitsChallenge = {
  kind: 'digits',
  nonce: '0'.repeat(32),
  digits: '0351',
  revealMs: [600, 1_500, 2_600, 3_400],
  language: 'zh-CN',
};

let worker: WorkerProcess;
let caller: Caller<InferenceContract>;
let picture: Uint8Array;

async function value<T>(pending: Promise<Result<T, Failure>>): Promise<T> {
  const result = await pending;
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail ?? ''}`);
  return result.value;
}

beforeAll(async () => {
  worker = forkWorker(join(process.cwd(), 'src/main/inference/worker.ts'));
  caller = callerFor<InferenceContract>(worker, CODES);
  const prepared = await value(caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
  expect(prepared.voice).toBe(true);
  const head = sharp(media('franck_01829.jpg')).extract({ left: 180, top: 30, width: 422, height: 522 });
  picture = await head.resize(240, 297).jpeg({ quality: 85 }).toBuffer();
});
afterAll(() => worker.kill());

/** A photo of a face is held still; `voice` plays beside it. */
async function heldUp(voice: (room: Float32Array) => void) {
  const captureId = 'digits';
  const room = roomOf(6_400, seededRandom(3));
  voice(room);
  const pcm = pcmOf(room);
  await value(caller.call('openCapture', { captureId }));
  await value(caller.call('beginChallenge', { captureId, challenge }));
  const shown = new Set<string>();
  const hints = new Set<string | null>();
  let heardMs = 0;
  for (let atMs = 0; atMs < 6_400; atMs += FRAME_MS) {
    for (; heardMs + CHUNK_MS <= atMs; heardMs += CHUNK_MS) {
      const chunk = pcm.slice(32 * heardMs, 32 * (heardMs + CHUNK_MS));
      await value(caller.call('challengeAudio', { captureId, pcm: chunk, startedAtMs: 1_000 + heardMs }));
    }
    const frame = { captureId, jpeg: Uint8Array.from(picture), face: FACE, capturedAtMs: 1_000 + atMs };
    const progress = await value(caller.call('challengeFrame', frame));
    if (progress.kind !== 'digits') throw new Error('not digits');
    shown.add(progress.shown);
    hints.add(progress.hint);
    if (progress.ended) break;
  }
  const evidence = await value(caller.call('judgeChallenge', { captureId }));
  await value(caller.call('closeCapture', { captureId }));
  return { shown: [...shown], hints: [...hints], evidence };
}

const measured = (evidence: FramedEvidence) => {
  if (evidence.state === 'unmeasured') throw new Error(`${evidence.reason} ${evidence.detail}`);
  return evidence;
};

describe('digits in the inference process', () => {
  it('refutes a photo with a voice that answers every digit from beside it', async () => {
    const { shown, hints, evidence } = await heldUp((room) => {
      for (const atMs of challenge.revealMs) put(room, voicedSyllable(340), atMs + 480);
    });
    expect(shown).toEqual(['', '0', '03', '035', '0351']);
    expect(hints).toEqual([null]);
    const { refuted, missing, measures } = measured(evidence);
    expect(refuted).toEqual(['liveness.not-in-sync']);
    expect(missing).toEqual([]);
    expect(measures).toMatchObject({ answered: 4, strayBursts: 0 });
    expect(measures['lipAmplitude']).toBeLessThan(0.03);
    expect(measures['reactionMs']).toBeGreaterThan(350);
    expect(measures['reactionMs']).toBeLessThan(600);
    expect(measures['recognised']).toBeUndefined();
  });

  it('misses the speech of somebody who says nothing in a noisy room', async () => {
    const random = seededRandom(8);
    const { hints, evidence } = await heldUp((room) => put(room, roomOf(6_400, random, 0.2), 0));
    expect(hints).toContain('louder');
    expect(measured(evidence)).toMatchObject({ refuted: [], missing: ['capture.no-speech'] });
  });

  it('cannot be measured without any sound', async () => {
    const captureId = 'deaf';
    await value(caller.call('openCapture', { captureId }));
    await value(caller.call('beginChallenge', { captureId, challenge }));
    const frame = { captureId, jpeg: Uint8Array.from(picture), face: FACE, capturedAtMs: 0 };
    await value(caller.call('challengeFrame', frame));
    const evidence = await value(caller.call('judgeChallenge', { captureId }));
    expect(evidence).toMatchObject({ state: 'unmeasured', reason: 'capture.no-speech' });
    await value(caller.call('closeCapture', { captureId }));
  });
});
