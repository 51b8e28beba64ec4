import type { ClipParts } from '../../shared/domain/clip.ts';

type Frame = ClipParts['frames'][number];

/**
 * The frames at an even rate, as encoders want them: for every moment the frame nearest to it, so that one may come
 * twice and another not at all. Times are those of the first frame on; frames are in order of capture.
 */
export function atEvenRate(frames: readonly Frame[], framesPerSecond: number): readonly Frame[] {
  const startMs = frames[0]!.capturedAtMs;
  const moments = Math.floor(((frames.at(-1)!.capturedAtMs - startMs) * framesPerSecond) / 1_000) + 1;
  const paced: Frame[] = [];
  let at = 0;
  for (let moment = 0; moment < moments; moment += 1) {
    const wantedMs = startMs + (moment * 1_000) / framesPerSecond;
    const distance = (i: number): number => Math.abs((frames[i]?.capturedAtMs ?? Infinity) - wantedMs);
    while (distance(at + 1) <= distance(at)) at += 1;
    paced.push(frames[at]!);
  }
  return paced;
}
