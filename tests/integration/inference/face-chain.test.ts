import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFaceSession, type FaceSession } from '../../../src/cli/face-session.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaceInspection } from '../../../src/main/inference/face-inspection.ts';
import { chipPortrait } from '../../support/inference/chip-portrait.ts';
import { media, mediaPath, MODELS_FOLDER } from '../../support/inference/media.ts';

/** Four stills of one video (open eyes, turned away, looking down) and two photographs of another person. */
const PERSON_A = ['franck_01829.jpg', 'franck_02159.jpg', 'franck_02683.jpg', 'franck_04000.jpg'] as const;
const PERSON_B = ['cage.jpg', 'cage2_crop.jpg'] as const;
const OTHERS = ['audrey.jpg', 'obama4_crop.jpg', 'kim1_crop.jpg'] as const;

/** Head and shoulders of the first still, in a chip portrait's proportions. */
const HEAD_OF_A = { left: 180, top: 30, width: 422, height: 522 };

let session: FaceSession;
let folder: string;

beforeAll(async () => {
  const opened = await openFaceSession(MODELS_FOLDER);
  if (!opened.ok) throw new Error(opened.error.detail);
  session = opened.value;
  folder = await mkdtemp(join(tmpdir(), 'countersign-faces-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function similarity(a: string, b: string, kind: 'live-live' | 'live-chip' = 'live-live'): Promise<number> {
  const result = await session.compare(a, b, kind, 1e-4);
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail}`);
  return result.value.similarity;
}

async function inspected(bytes: Uint8Array, name: string): Promise<FaceInspection> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const result = await session.inspect(file);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}

describe('comparison of real faces', () => {
  it('accepts all pairs of one person at a rate of 1e-5', async () => {
    const pairs = PERSON_A.flatMap((a, i) => PERSON_A.slice(i + 1).map((b) => [a, b] as const));
    for (const [a, b] of [...pairs, PERSON_B] as const) {
      const result = await session.compare(mediaPath(a), mediaPath(b), 'live-live', 1e-5);
      expect(result).toMatchObject({ ok: true, value: { match: true, kind: 'live-live', far: 1e-5 } });
    }
    expect(pairs.length).toBe(6);
  });

  it('accepts no pair of different people, by a wide margin', async () => {
    const strangers = [PERSON_A[0], PERSON_B[0], ...OTHERS];
    const cosines: number[] = [];
    for (const [i, a] of strangers.entries()) {
      for (const b of strangers.slice(i + 1)) cosines.push(await similarity(mediaPath(a), mediaPath(b)));
    }
    expect(cosines.length).toBe(10);
    expect(Math.max(...cosines)).toBeLessThan(0.25);
  });

  it('recognises a person by a chip portrait, and nobody else', async () => {
    const chip = await chipPortrait(media(PERSON_A[0]), HEAD_OF_A);
    const portrait = join(folder, 'chip.webp');
    await writeFile(portrait, chip);
    expect(chip.length).toBeLessThanOrEqual(1_024);
    expect(await similarity(mediaPath(PERSON_A[1]), portrait, 'live-chip')).toBeGreaterThan(0.5);
    expect(await similarity(mediaPath(PERSON_B[0]), portrait, 'live-chip')).toBeLessThan(0.25);
  });
});

describe('inspection of real faces', () => {
  it('finds one frontal face with open eyes where it is', async () => {
    const { faces, timingsMs } = await inspected(media(PERSON_A[0]), 'a.jpg');
    expect(faces.length).toBe(1);
    const face = faces[0]!;
    expect(face.landmarks.length).toBe(68);
    expect(face.quality).toMatchObject({ reasons: [] });
    expect(face.quality.score).toBeGreaterThan(60);
    expect(Math.abs(face.pose.yaw)).toBeLessThan(12);
    expect(Math.min(face.eyes.leftOpen, face.eyes.rightOpen)).toBeGreaterThan(0.9);
    for (const [x, y] of face.landmarks) {
      expect(x).toBeGreaterThan(face.box.x - 0.2 * face.box.width);
      expect(x).toBeLessThan(face.box.x + 1.2 * face.box.width);
      expect(y).toBeGreaterThan(face.box.y);
      expect(y).toBeLessThan(face.box.y + 1.2 * face.box.height);
    }
    expect(timingsMs.total).toBeGreaterThan(timingsMs.detect);
  });

  it('mirrors with the picture', async () => {
    const turned = await inspected(media('franck_02683.jpg'), 'turned.jpg');
    const mirrored = await inspected(await sharp(media('franck_02683.jpg')).flop().jpeg().toBuffer(), 'mirrored.jpg');
    const [own, other] = [turned.faces[0]!.pose, mirrored.faces[0]!.pose];
    expect(own.yaw).toBeLessThan(-10);
    expect(other.yaw).toBeGreaterThan(10);
    expect(Math.abs(own.yaw + other.yaw)).toBeLessThan(6);
    expect(Math.abs(own.pitch - other.pitch)).toBeLessThan(4);
  });

  it('sees closed or lowered eyes', async () => {
    const { faces } = await inspected(media('franck_04000.jpg'), 'closed.jpg');
    expect(faces[0]!.quality.reasons.map(({ reason }) => reason)).toContain('eyes-closed');
  });

  it('finds the same face in a picture of twice the size', async () => {
    const bytes = media(PERSON_A[0]);
    const { width, height } = await sharp(bytes).metadata();
    const small = (await inspected(bytes, 'small.jpg')).faces[0]!;
    const larger = await sharp(bytes)
      .resize(width * 2, height * 2)
      .png()
      .toBuffer();
    const large = (await inspected(larger, 'large.png')).faces[0]!;
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(large.box[side] / 2 - small.box[side])).toBeLessThan(0.03 * small.box.height);
    }
    const drift = small.landmarks.map(([x, y], i) =>
      Math.hypot(large.landmarks[i]![0] / 2 - x, large.landmarks[i]![1] / 2 - y),
    );
    expect(Math.max(...drift)).toBeLessThan(0.03 * small.box.height);
  });

  it('puts the larger of two faces first and tells that there are two', async () => {
    const left = await sharp(media(PERSON_A[0])).resize(400, 320).png().toBuffer();
    const right = await sharp(media('audrey.jpg')).resize(390, 480).png().toBuffer();
    const canvas = { create: { width: 800, height: 480, channels: 3, background: '#808080' } } as const;
    const both = sharp(canvas).composite([
      { input: left, left: 0, top: 80 },
      { input: right, left: 410, top: 0 },
    ]);
    const { faces } = await inspected(await both.png().toBuffer(), 'both.png');
    expect(faces.length).toBe(2);
    expect(faces[0]!.box.height).toBeGreaterThan(faces[1]!.box.height * 0.8);
    expect(faces[0]!.quality.reasons.map(({ reason }) => reason)).toContain('several-faces');
  });

  it.each([
    ['blurred', (picture: Sharp) => picture.blur(14)],
    ['dark', (picture: Sharp) => picture.linear(0.2, 0)],
    ['bright', (picture: Sharp) => picture.linear(1, 110)],
  ])('says what is wrong with a copy that is %s', async (reason, spoil) => {
    const { faces } = await inspected(
      await spoil(sharp(media(PERSON_A[0])))
        .png()
        .toBuffer(),
      `${reason}.png`,
    );
    expect(faces[0]?.quality.reasons.map((found) => found.reason)).toContain(reason);
  });

  it.each([
    ['a flat picture', { width: 640, height: 480 }],
    ['a single pixel', { width: 1, height: 1 }],
    ['a very wide picture', { width: 4_000, height: 2 }],
  ])('finds no face in %s', async (_, size) => {
    const flat = await sharp({ create: { ...size, channels: 3, background: '#667788' } })
      .png()
      .toBuffer();
    expect((await inspected(flat, 'flat.png')).faces).toEqual([]);
  });
});
