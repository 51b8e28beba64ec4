import { expect, it } from 'vitest';
import { createSessionRecorder, type ChallengeRecording } from '../../../src/main/inference/session-recorder.ts';
import { recordingFiles } from '../../../src/main/liveness/recorded-session.ts';
import {
  recordedAudioSchema,
  recordedSessionSchema,
  type DigitsChallenge,
  type LightChallenge,
} from '../../../src/shared/domain/challenge.ts';
import { expectOk } from '../../support/sample-store.ts';

const NONCE = '00112233445566778899aabbccddeeff';
const light: LightChallenge = {
  kind: 'light',
  nonce: NONCE,
  issuedAtMs: 1_700_000_000_000,
  colours: [{ rgb: [255, 0, 0], startMs: 250, durationMs: 200 }],
  leadInMs: 250,
  tailMs: 200,
  fadeMs: 60,
};
const digits: DigitsChallenge = {
  kind: 'digits',
  nonce: NONCE,
  digits: '4071',
  revealMs: [0, 500, 1_000, 1_500],
  language: 'zh-CN',
};
const display = [{ index: 0, shownAtMs: 1_250.25 }];
const crop = (capturedAtMs: number, value = 90) => ({
  rgb: new Uint8Array(8 * 8 * 3).fill(value),
  width: 8,
  height: 8,
  face: { x: 0.1, y: 0.2, width: 5.3, height: 6.7 },
  capturedAtMs,
});
const evidence = (capturedAtMs: number) => ({ jpeg: Uint8Array.of(1, 2, 3), capturedAtMs, phase: 'neutral' as const });
const times = ({ frames }: ChallengeRecording) => frames.map(({ capturedAtMs }) => capturedAtMs);

it('keeps for every judged challenge what had come until then', async () => {
  const recorder = createSessionRecorder();
  recorder.evidence(evidence(1));
  recorder.lightFrame(crop(10), false);
  recorder.lightFrame(crop(43), true);
  recorder.lightJudged(light, display, null);
  recorder.evidence(evidence(2));
  recorder.lightFrame(crop(5_000), false);
  recorder.lightJudged({ ...light, nonce: 'f'.repeat(32) }, display, null);
  const [first, second] = expectOk(await recorder.take());
  expect([times(first!), times(second!)]).toEqual([
    [10, 43],
    [10, 43, 5_000],
  ]);
  expect([first!.evidence.length, second!.evidence.length]).toEqual([1, 2]);
  expect(first!.frames[1]).toMatchObject({ extension: 'png', face: crop(0).face, busy: true });
});

it('leaves out a challenge that was never judged', async () => {
  const recorder = createSessionRecorder();
  recorder.lightFrame(crop(10), false);
  recorder.challengeBegun(digits);
  recorder.challengeSound(Uint8Array.of(1, 0), 5);
  expect(expectOk(await recorder.take())).toEqual([]);
});

it('is given up as a whole when it grows too large', async () => {
  const recorder = createSessionRecorder(500);
  for (let i = 0; i < 5; i += 1) recorder.lightFrame(crop(i * 33), false);
  recorder.lightJudged(light, display, null);
  expect(await recorder.take()).toMatchObject({
    ok: false,
    error: { code: 'request.invalid', detail: 'the recording is larger than 500 bytes' },
  });
});

it('copies what it is given and hands on what survives its wiping', async () => {
  const recorder = createSessionRecorder();
  const frame = crop(10, 200);
  const picture = evidence(3);
  recorder.lightFrame(frame, false);
  recorder.evidence(picture);
  frame.rgb.fill(0);
  picture.jpeg.fill(0);
  recorder.lightJudged(light, display, null);
  const [recording] = expectOk(await recorder.take());
  recorder.wipe();
  expect([...recording!.evidence[0]!.image]).toEqual([1, 2, 3]);
  expect(recording!.frames[0]!.image.length).toBeGreaterThan(60);
});

it('writes sessions that are read as what they were', async () => {
  const recorder = createSessionRecorder();
  recorder.evidence(evidence(0.1 + 0.2));
  recorder.lightFrame(crop(1 / 3), false);
  recorder.lightJudged(light, display, null);
  recorder.challengeBegun(digits);
  recorder.challengeSound(Uint8Array.of(1, 0, 2, 0), 1_000.5);
  recorder.challengeJudged();
  const [lit, spoken] = expectOk(await recorder.take()).map((recording) => {
    const files = recordingFiles(recording, { width: 640, height: 480, label: 'synthetic' });
    const json: unknown = JSON.parse(new TextDecoder().decode(files.at(-1)!.bytes));
    return { names: files.map(({ name }) => name), session: recordedSessionSchema.parse(json) };
  });
  expect(lit!.names).toEqual(['frames/0000.png', 'evidence/0000.jpg', 'session.json']);
  expect(lit!.session).toEqual({
    version: 1,
    challenge: {
      kind: 'light',
      nonce: NONCE,
      issuedAt: 1_700_000_000_000,
      colours: light.colours,
      leadInMs: 250,
      tailMs: 200,
      fadeMs: 60,
    },
    camera: { width: 640, height: 480, label: 'synthetic' },
    display,
    frames: [{ file: 'frames/0000.png', capturedAtMs: 1 / 3, face: crop(0).face }],
    evidence: [{ file: 'evidence/0000.jpg', capturedAtMs: 0.1 + 0.2, phase: 'neutral' }],
  });
  expect(spoken!.names).toEqual(['evidence/0000.jpg', 'audio/0000.pcm', 'session.json']);
  expect(spoken!.session.challenge).toEqual(digits);
  expect(recordedAudioSchema.parse(spoken!.session.audio)).toEqual({
    sampleRate: 16_000,
    pieces: [{ file: 'audio/0000.pcm', startedAtMs: 1_000.5, afterFrames: 0 }],
  });
});
