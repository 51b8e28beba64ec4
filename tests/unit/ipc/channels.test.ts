import { describe, expect, it } from 'vitest';
import { ADMIN_CHANNEL_NAMES } from '../../../src/shared/ipc/admin-channels.ts';
import { ADMIN_CHANNELS } from '../../../src/shared/ipc/admin.ts';
import { CLERK_CHANNEL_NAMES } from '../../../src/shared/ipc/clerk-channels.ts';
import { CLERK_CHANNELS } from '../../../src/shared/ipc/clerk.ts';
import { KIOSK_CHANNEL_NAMES } from '../../../src/shared/ipc/kiosk-channels.ts';
import {
  challengeClipSchema,
  evidenceFrameSchema,
  lightDoneSchema,
  lightFrameSchema,
} from '../../../src/shared/ipc/kiosk-capture.ts';
import { KIOSK_CHANNELS } from '../../../src/shared/ipc/kiosk.ts';
import { kioskActionSchema } from '../../../src/shared/ipc/kiosk-action.ts';

describe('channels', () => {
  it('are the same in the preload scripts and in the contracts', () => {
    expect([...KIOSK_CHANNEL_NAMES].sort()).toEqual(Object.keys(KIOSK_CHANNELS).sort());
    expect([...ADMIN_CHANNEL_NAMES].sort()).toEqual(Object.keys(ADMIN_CHANNELS).sort());
    expect([...CLERK_CHANNEL_NAMES].sort()).toEqual(Object.keys(CLERK_CHANNELS).sort());
  });
});

describe('what a kiosk page may say', () => {
  const face = { x: 1, y: 1, width: 10, height: 10 };
  const frame = { certifyId: 'x', rgb: new Uint8Array(8 * 8 * 3), width: 8, height: 8, face, capturedAtMs: 1 };

  it('carries no verdict', () => {
    expect(kioskActionSchema.safeParse({ type: 'start', verdict: 'passed' }).success).toBe(false);
    expect(kioskActionSchema.safeParse({ type: 'passed' }).success).toBe(false);
    expect(lightDoneSchema.safeParse({ outcome: 'live', certifyId: 'x', nonce: 'n' }).success).toBe(false);
  });

  it('ends a clip of pictures at 32 MB', () => {
    const clipOf = (frames: number) => ({
      kind: 'parts',
      frames: Array.from({ length: frames }, () => ({ jpeg: new Uint8Array(200_000), capturedAtMs: 1 })),
      pcm: null,
    });
    const accepts = (clip: unknown) => challengeClipSchema.safeParse({ certifyId: 'x', nonce: 'n', clip }).success;
    expect([clipOf(160), clipOf(161), null, undefined].map(accepts)).toEqual([true, false, true, false]);
  });

  it('is bounded', () => {
    expect(lightFrameSchema.safeParse(frame).success).toBe(true);
    expect(lightFrameSchema.safeParse({ ...frame, rgb: new Uint8Array(100_001) }).success).toBe(false);
    expect(lightFrameSchema.safeParse({ ...frame, width: 161 }).success).toBe(false);
    expect(lightFrameSchema.safeParse({ ...frame, rgb: [1, 2, 3] }).success).toBe(false);
    expect(lightFrameSchema.safeParse({ ...frame, capturedAtMs: Number.NaN }).success).toBe(false);
    const jpeg = new Uint8Array(0);
    expect(evidenceFrameSchema.safeParse({ certifyId: 'x', jpeg, capturedAtMs: 1, phase: 'neutral' }).success).toBe(
      false,
    );
  });
});
