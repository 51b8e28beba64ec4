import { describe, expect, it } from 'vitest';
import { bestFrame, rankFrames, type RankedFrame } from '../../../src/cli/frame-ranking.ts';
import { createProgress } from '../../../src/cli/progress.ts';

const frame = (quality: number, sharpness: number): RankedFrame => ({ quality, sharpness, reasons: [] });
const empty: RankedFrame = { quality: 0, sharpness: 0, reasons: [{ reason: 'no-face', value: 0, limit: 1 }] };

describe('frame ranking', () => {
  it('puts quality before sharpness, and the earlier of two equal frames first', () => {
    const [soft, sharp, better, first, second] = [
      frame(70, 20),
      frame(70, 90),
      frame(71, 1),
      frame(60, 5),
      frame(60, 5),
    ];
    const ranked = rankFrames([soft, first, sharp, second, better]);
    expect(ranked.map((each) => [soft, sharp, better, first, second].indexOf(each))).toEqual([2, 1, 0, 3, 4]);
  });

  it('calls no frame the best when none shows a face', () => {
    expect(bestFrame([empty, empty])).toBeNull();
    expect(bestFrame([])).toBeNull();
    expect(bestFrame([empty, frame(3, 1)])).toEqual(frame(3, 1));
  });
});

describe('progress bar', () => {
  it('fills up on a terminal and is wiped at the end', () => {
    const written: string[] = [];
    const progress = createProgress('pairs', 2, { isTTY: true, write: (text) => written.push(text) });
    progress.step();
    progress.step();
    progress.wipe();
    expect(written).toEqual([
      '\rpairs [........................] 0/2',
      '\rpairs [############............] 1/2',
      '\rpairs [########################] 2/2',
      '\r\u001B[2K',
    ]);
  });

  it('stays silent where there is no terminal', () => {
    const written: string[] = [];
    const progress = createProgress('pairs', 2, { write: (text) => written.push(text) });
    progress.step();
    progress.wipe();
    expect(written).toEqual([]);
  });
});
