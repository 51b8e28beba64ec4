import { describe, expect, it } from 'vitest';
import { judgeDigits, type DigitsObservation } from '../../../src/main/liveness/digits-evidence.ts';
import type { LipSample } from '../../../src/main/liveness/lip-sync.ts';
import { createDigitsJudge } from '../../../src/main/liveness/digits-judge.ts';
import { answersTo, voicedBursts, type VoiceWindow } from '../../../src/main/liveness/speech-timing.ts';
import type { DigitsChallenge } from '../../../src/shared/domain/challenge.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import type { FramedEvidence } from '../../../src/shared/domain/liveness.ts';
import { pcmOf, put, roomOf, seededRandom, voicedSyllable } from '../../support/speech/synthetic-voice.ts';

const WINDOW_MS = 32;
const SHOWN = [700, 1_600, 2_700, 3_500];
const LENGTH_MS = 5_600;

interface Speech {
  readonly atMs: number;
  readonly durationMs: number;
}
const said = (reactionMs: number, durationMs = 320): Speech[] =>
  SHOWN.map((atMs) => ({ atMs: atMs + reactionMs, durationMs }));

function soundOf(speech: readonly Speech[], change: Partial<VoiceWindow> = {}): VoiceWindow[] {
  const random = seededRandom(7);
  return Array.from({ length: Math.floor(LENGTH_MS / WINDOW_MS) }, (_, i) => {
    const startMs = i * WINDOW_MS;
    const middle = startMs + WINDOW_MS / 2;
    const speaking = speech.some(({ atMs, durationMs }) => middle >= atMs && middle < atMs + durationMs);
    const level = speaking ? 0.1 * (0.8 + 0.4 * random()) : 0.002 * (0.5 + random());
    return { startMs, durationMs: WINDOW_MS, speech: speaking ? 0.95 : 0.02, level, clipped: 0, ...change };
  });
}

/** Lips that open with the speech and tremble by the landmarks' noise. */
function lipsOf(speech: readonly Speech[], opening = 0.1, lagMs = 0, framesPerSecond = 18): LipSample[] {
  const random = seededRandom(11);
  const count = Math.floor((LENGTH_MS / 1_000) * framesPerSecond);
  return Array.from({ length: count }, (_, i) => {
    const atMs = (1_000 * i) / framesPerSecond;
    const t = atMs - lagMs;
    const current = speech.find(({ atMs: from, durationMs }) => t >= from - 60 && t < from + durationMs + 60);
    const open = current ? Math.sin((Math.PI * (t - current.atMs + 60)) / (current.durationMs + 120)) : 0;
    return { atMs, gap: 0.03 + opening * open + 0.004 * (random() - 0.5), width: 0.55 + 0.004 * (random() - 0.5) };
  });
}

const observed = (change: Partial<DigitsObservation> = {}): DigitsObservation => ({
  count: 4,
  shownAtMs: SHOWN,
  sound: soundOf(said(450)),
  lips: lipsOf(said(450)),
  frames: 100,
  framesWithoutFace: 0,
  framesWithSeveralFaces: 0,
  similarityMin: 0.8,
  ...change,
});
const findings = (evidence: FramedEvidence) =>
  evidence.state === 'measured' ? { refuted: evidence.refuted, missing: evidence.missing } : evidence;
const judged = (change: Partial<DigitsObservation>) => findings(judgeDigits(observed(change)));

const NOTHING = { refuted: [], missing: [] };
const NO_SPEECH = { refuted: [], missing: ['capture.no-speech'] };
const NOT_IN_SYNC = { refuted: ['liveness.not-in-sync'], missing: [] };

describe('somebody who reads the digits', () => {
  it('passes, and nothing is claimed about what was said', () => {
    const evidence = judgeDigits(observed());
    expect(findings(evidence)).toEqual(NOTHING);
    const { measures } = evidence as Extract<FramedEvidence, { state: 'measured' }>;
    expect(measures).toMatchObject({ digits: 4, answered: 4, strayBursts: 0, moved: 4 });
    expect(measures['recognised']).toBeUndefined();
    expect(measures['correlation']).toBeGreaterThan(0.6);
    expect(Object.values(measures).every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['quick and short', 190, 130],
    ['slow and long', 1_000, 600],
    ['very slow', 500, 700],
  ])('passes when %s', (_, reactionMs, durationMs) => {
    const speech = said(reactionMs, durationMs).slice(0, 3);
    expect(judged({ sound: soundOf(speech), lips: lipsOf(speech) })).toEqual(NOTHING);
  });

  it('may miss one digit and not two', () => {
    const [first, second, third] = said(450);
    const three = [first!, second!, third!];
    const two = [first!, third!];
    expect(judged({ sound: soundOf(three), lips: lipsOf(three) })).toEqual(NOTHING);
    expect(judged({ sound: soundOf(two), lips: lipsOf(two) })).toEqual(NO_SPEECH);
  });

  it.each([-100, 0, 100, 220])('passes with a picture that is %i ms later than the sound', (lagMs) => {
    expect(judged({ lips: lipsOf(said(450), 0.1, lagMs) })).toEqual(NOTHING);
  });
});

describe('a voice that is not of the face', () => {
  it('is refuted when the lips are still', () => {
    expect(judged({ lips: lipsOf([]) })).toEqual(NOT_IN_SYNC);
  });

  it('is refuted when the lips move at other times', () => {
    const others = [700, 1_600, 2_700, 3_600, 4_700].map((atMs) => ({ atMs, durationMs: 250 }));
    expect(judged({ lips: lipsOf(others) })).toEqual(NOT_IN_SYNC);
  });

  it('is refuted when the lips are half a second late', () => {
    expect(judged({ lips: lipsOf(said(450), 0.1, 500) })).toEqual(NOT_IN_SYNC);
  });

  it('is refuted when another face comes in between', () => {
    expect(judged({ similarityMin: 0.1 })).toEqual({ refuted: ['liveness.face-swapped'], missing: [] });
  });
});

describe('a voice that does not answer the digits', () => {
  it.each([
    ['silence', []],
    ['a voice before the digits', [{ atMs: 100, durationMs: 300 }]],
    ['a voice too long after the last digit', [{ atMs: 4_800, durationMs: 300 }]],
    ['a voice that never pauses', [{ atMs: 0, durationMs: LENGTH_MS }]],
    ['clicks', said(450, 64)],
    ['a burst every 400 ms', Array.from({ length: 14 }, (_, i) => ({ atMs: 400 * i, durationMs: 200 }))],
  ])('is missing for %s', (_, speech) => {
    expect(judged({ sound: soundOf(speech), lips: lipsOf(speech) })).toEqual(NO_SPEECH);
  });

  it('is missing in constant noise and in clipped sound', () => {
    expect(judged({ sound: soundOf(said(450), { speech: 0.1, level: 0.3 }) })).toEqual(NO_SPEECH);
    expect(judged({ sound: soundOf(said(450), { clipped: 0.3 }) })).toEqual(NO_SPEECH);
  });

  it('can not be measured without sound or when the digits did not all appear', () => {
    expect(judged({ sound: [] })).toMatchObject({ state: 'unmeasured', reason: 'capture.no-speech' });
    expect(judged({ shownAtMs: SHOWN.slice(0, 2) })).toMatchObject({ reason: 'challenge.incomplete' });
  });
});

describe('a picture that says too little', () => {
  it('is missing, not refuted', () => {
    const few = lipsOf(said(450), 0.1, 0, 6);
    expect(judged({ lips: few })).toEqual({ refuted: [], missing: ['capture.too-few-frames'] });
    expect(judged({ lips: [] })).toEqual({ refuted: [], missing: ['capture.too-few-frames'] });
    expect(judged({ similarityMin: null })).toEqual({ refuted: [], missing: ['capture.too-few-frames'] });
    expect(judged({ framesWithoutFace: 30 })).toEqual({ refuted: [], missing: ['capture.face-left'] });
    expect(judged({ framesWithSeveralFaces: 30 })).toEqual({ refuted: [], missing: ['capture.several-faces'] });
  });
});

describe('bursts', () => {
  it('bridge a short gap and split at a long one and at a hole in the sound', () => {
    const [a, b, c] = [
      { atMs: 320, durationMs: 192 },
      { atMs: 576, durationMs: 192 },
      { atMs: 1_280, durationMs: 192 },
    ];
    const sound = soundOf([a, b, c]);
    expect(voicedBursts(sound)).toEqual([
      { startMs: 320, endMs: 768 },
      { startMs: 1_280, endMs: 1_472 },
    ]);
    const torn = sound.filter(({ startMs }) => startMs < 400 || startMs >= 704);
    expect(voicedBursts(torn)[0]).toEqual({ startMs: 320, endMs: 416 });
  });

  it('answer one digit each, in order', () => {
    const bursts = [
      { startMs: 900, endMs: 1_200 },
      { startMs: 1_300, endMs: 1_500 },
    ];
    expect(answersTo([0, 700, 1_000], bursts)).toEqual([
      { index: 0, reactionMs: 900, burst: bursts[0] },
      { index: 1, reactionMs: 600, burst: bursts[1] },
    ]);
  });

  it('leaves a reader with an even pace that never saw the digits a good chance: timing alone is little', () => {
    const random = seededRandom(3);
    let passes = 0;
    for (let run = 0; run < 2_000; run++) {
      let at = 700;
      const shown = [0, 1, 2, 3].map(() => (at += 700 + 600 * random()));
      const bursts = [0, 1, 2, 3].map((i) => ({ startMs: 2_250 + 1_000 * i, endMs: 2_550 + 1_000 * i }));
      const first = shown[0]! - 1_700;
      const shifted = bursts.map(({ startMs, endMs }) => ({ startMs: startMs + first, endMs: endMs + first }));
      if (answersTo(shown, shifted).length >= 3) passes++;
    }
    expect(passes / 2_000).toBeGreaterThan(0.9);
  });
});

const challenge: DigitsChallenge = {
  kind: 'digits',
  nonce: '0'.repeat(32),
  digits: '0351',
  revealMs: SHOWN,
  language: 'zh-CN',
};

function meshWith({ gap, width }: LipSample): Float32Array {
  const mesh = new Float32Array(468 * 3);
  const set = (point: number, x: number, y: number): void => void mesh.set([x, y], 3 * point);
  set(33, 100, 100);
  set(263, 200, 100);
  for (const [upper, lower] of [
    [13, 14],
    [81, 178],
    [311, 402],
  ] as const) {
    set(upper, 150, 160 - 50 * gap);
    set(lower, 150, 160 + 50 * gap);
  }
  set(61, 150 - 50 * width, 160);
  set(291, 150 + 50 * width, 160);
  return mesh;
}

const frameOf = (lip: LipSample): MeshFrame => ({
  capturedAtMs: 10_000 + lip.atMs,
  width: 320,
  height: 320,
  faces: 1,
  mesh: meshWith(lip),
  presence: 1,
  box: { x: 0, y: 0, width: 300, height: 300 },
  tracked: true,
  similarity: 0.9,
  sharpness: 50,
  change: 2,
  repeated: false,
});

/** Loud is speech: stands for the model, which the integration test runs. */
const loudness = {
  detect: async (window: Float32Array) => (window.some((sample) => Math.abs(sample) > 0.05) ? 0.9 : 0.05),
  wipe: () => undefined,
};

describe('a run of digits', () => {
  async function run(speech: readonly Speech[], chunkMs = 160) {
    const random = seededRandom(5);
    const room = roomOf(LENGTH_MS, random);
    for (const { atMs, durationMs } of speech) put(room, voicedSyllable(durationMs), atMs);
    const pcm = pcmOf(room);
    const judge = createDigitsJudge(challenge, loudness);
    const shown: { readonly shown: string; readonly hint: string | null; readonly atMs: number }[] = [];
    let heardMs = 0;
    for (const lip of lipsOf(speech)) {
      for (; heardMs + chunkMs <= lip.atMs; heardMs += chunkMs) {
        const chunk = pcm.slice(32 * heardMs, 32 * (heardMs + chunkMs));
        await judge.hear!(chunk, 10_000 + heardMs);
      }
      const progress = judge.see(frameOf(lip));
      if (progress.kind !== 'digits') throw new Error('not digits');
      shown.push({ shown: progress.shown, hint: progress.hint, atMs: lip.atMs });
      if (progress.ended) break;
    }
    return { shown, evidence: await judge.evidence() };
  }

  it('shows each digit at its time, ends soon after the last answer and passes', async () => {
    const { shown, evidence } = await run(said(450));
    expect(findings(evidence)).toEqual(NOTHING);
    expect([...new Set(shown.map((step) => step.shown))]).toEqual(['', '0', '03', '035', '0351']);
    for (const [i, dueMs] of SHOWN.entries()) {
      const first = shown.find((step) => step.shown.length === i + 1)!;
      expect(first.atMs - dueMs).toBeGreaterThanOrEqual(0);
      expect(first.atMs - dueMs).toBeLessThan(60);
    }
    expect(shown.at(-1)!.atMs).toBeLessThan(SHOWN[3]! + 450 + 320 + 700);
    expect(shown.every(({ hint }) => hint === null)).toBe(true);
  });

  it('asks for a louder voice, waits until nobody can answer any more, and misses the speech', async () => {
    const { shown, evidence } = await run([]);
    expect(findings(evidence)).toMatchObject({ missing: ['capture.no-speech'], refuted: [] });
    expect(shown.find(({ hint }) => hint === 'louder')!.atMs).toBeGreaterThanOrEqual(SHOWN[0]! + 1_300);
    expect(shown.at(-1)!.atMs).toBeGreaterThan(SHOWN[3]! + 1_900);
  });

  it('drops what is heard twice and starts anew after a hole', async () => {
    const judge = createDigitsJudge(challenge, loudness);
    const chunk = pcmOf(roomOf(160, seededRandom(2)));
    await judge.hear!(chunk, 0);
    await judge.hear!(chunk, 0);
    await judge.hear!(chunk, 1_000);
    for (let i = 0; i < 4; i++) judge.see({ ...frameOf({ atMs: 0, gap: 0, width: 0.5 }), capturedAtMs: i * 4_000 });
    const evidence = await judge.evidence();
    expect(evidence).toMatchObject({ state: 'unmeasured', reason: 'challenge.incomplete' });
  });
});
