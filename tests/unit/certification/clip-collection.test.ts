import { expect, it } from 'vitest';
import { createClipCollection } from '../../../src/main/certification/clip-collection.ts';

it('the clip of a challenge that another one follows is overwritten, and never taken for the other one', async () => {
  const clips = createClipCollection(() => () => undefined);
  const first = { kind: 'mp4' as const, bytes: new Uint8Array(4).fill(7) };
  const late = { kind: 'mp4' as const, bytes: new Uint8Array(4).fill(8) };
  const second = { kind: 'mp4' as const, bytes: new Uint8Array(4).fill(9) };
  clips.expect('a', '1');
  expect(clips.take('a', '1', first).ok).toBe(true);
  clips.expect('a', '2');
  expect([...first.bytes]).toEqual([0, 0, 0, 0]);
  expect(clips.take('a', '1', late)).toMatchObject({ error: { code: 'challenge.replayed' } });
  expect([...late.bytes]).toEqual([0, 0, 0, 0]);
  const collected = clips.collect('a');
  expect(clips.take('a', '2', second).ok).toBe(true);
  expect(await collected).toBe(second);
});

it('who waits for a clip is told when it is erased', async () => {
  const clips = createClipCollection(() => () => undefined);
  clips.expect('a', '1');
  const collected = clips.collect('a');
  clips.erase('a');
  expect(await collected).toBeNull();
  expect(clips.expects('a')).toBe(false);
});
