import { describe, expect, it } from 'vitest';
import { createConfirmationDesk, type ConfirmationDeskParts } from '../../../src/main/composition/confirmation-desk.ts';
import type { AskedConfirmation } from '../../../src/main/certification/ports/verifier.ts';
import type { ClipProgram } from '../../../src/main/clip/ffmpeg.ts';
import { receiverOf } from '../../../src/shared/domain/clip-receiver.ts';
import type { RecordedClip } from '../../../src/shared/domain/clip.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { mp4File, mp4Header, mp4SampleEntry, mp4Track } from '../../support/sample-mp4.ts';
import { sampleCertifyId } from '../../support/sample-records.ts';

const CERTIFY_ID = sampleCertifyId(1);
const asked = (changes: Partial<AskedConfirmation>): AskedConfirmation => ({
  certifyId: CERTIFY_ID,
  check: 'face-authority',
  identity: { name: '测试员', number: '11010119900101123X' },
  portrait: null,
  clip: null,
  ...changes,
});

function deskWith(changes: Partial<ConfirmationDeskParts>) {
  const kept: string[] = [];
  const desk = createConfirmationDesk({
    bestPicture: async () => err(failure('internal.bug')),
    portraitPicture: async () => err(failure('internal.bug')),
    clipProgram: () => null,
    clipTarget: () => ok(receiverOf('tencent-silent')),
    keep: async (id) => {
      kept.push(id);
      return ok(1);
    },
    discard: async () => ok(null),
    refusal: () => null,
    newSessionId: () => CERTIFY_ID,
    log: () => undefined,
    ...changes,
  });
  return { desk, kept };
}

const picture = () => ({ jpeg: new Uint8Array(50).fill(9), width: 480, height: 640 });
const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

describe('what was collected of a person is overwritten', () => {
  it('when it is kept, and when it can not be', async () => {
    for (const answer of [ok(1), err(failure('store.full'))]) {
      const face = picture();
      const { desk } = deskWith({ bestPicture: async () => ok(face), keep: async () => answer });
      expect((await desk.prepare(asked({}))).ok).toBe(answer.ok);
      expect(isZero(face.jpeg)).toBe(true);
    }
  });

  it('when it is none that a verifier takes', async () => {
    const face = picture();
    const { desk, kept } = deskWith({ bestPicture: async () => ok(face) });
    const passport = asked({ identity: { name: '测试员', number: 'E1234567' } });
    expect(await desk.prepare(passport)).toMatchObject({ error: { code: 'material.missing' } });
    expect([isZero(face.jpeg), kept]).toEqual([true, []]);
  });

  it('when its counterpart is missing', async () => {
    const face = picture();
    const { desk } = deskWith({ bestPicture: async () => ok(face) });
    const made = await desk.prepare(asked({ check: 'face-reference', portrait: new Uint8Array(5) }));
    expect([made.ok, isZero(face.jpeg)]).toEqual([false, true]);
  });
});

describe('the copy of a recorded clip', () => {
  const file = () => mp4File(mp4Header(3_000), mp4Track(mp4SampleEntry('avc1', 480, 640)));
  const seen: Uint8Array[] = [];
  /** Fails, and notes the bytes that it was given. */
  const failing: ClipProgram = {
    encode: async ({ frames }) => {
      seen.push(...frames.map(({ jpeg }) => jpeg));
      return err(failure('capture.clip-unavailable'));
    },
    recode: async (bytes) => {
      seen.push(bytes);
      return err(failure('capture.clip-unavailable'));
    },
  };
  const jpeg = () => new Uint8Array(9).fill(7);
  const recordings: readonly [string, RecordedClip][] = [
    ['of 90 s', { kind: 'mp4', bytes: mp4File(mp4Header(90_000), mp4Track(mp4SampleEntry('avc1', 480, 640))) }],
    [
      'of parts',
      {
        kind: 'parts',
        frames: Array.from({ length: 91 }, (_, i) => ({ jpeg: jpeg(), capturedAtMs: (i * 1_000) / 30 })),
        pcm: null,
      },
    ],
  ];

  it.each(recordings)('%s is overwritten when nothing came of it, and the recording is not', async (_, recorded) => {
    seen.length = 0;
    const { desk } = deskWith({ clipProgram: () => failing });
    const made = await desk.prepare(asked({ check: 'video-authority', clip: async () => recorded }));
    expect(made).toMatchObject({ error: { code: 'material.clip-unfit' } });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every(isZero)).toBe(true);
    expect(isZero(recorded.kind === 'mp4' ? recorded.bytes : recorded.frames[0]!.jpeg)).toBe(false);
  });

  it('stays until it is kept where it is itself the result', async () => {
    const bytes = file();
    let kept: Uint8Array | undefined;
    let given: Uint8Array | undefined;
    const { desk } = deskWith({
      keep: async (_, { clip }) => {
        given = clip?.bytes;
        kept = clip?.bytes.slice();
        return ok(1);
      },
    });
    const recorded: RecordedClip = { kind: 'mp4', bytes };
    expect((await desk.prepare(asked({ check: 'video-authority', clip: async () => recorded }))).ok).toBe(true);
    expect(kept && Buffer.from(kept)).toEqual(Buffer.from(file()));
    expect([isZero(given!), isZero(bytes)]).toEqual([true, false]);
  });
});
