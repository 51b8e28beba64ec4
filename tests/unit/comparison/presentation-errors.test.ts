import { describe, expect, it } from 'vitest';
import { presentationErrors, type PresentationScore } from '../../../src/main/comparison/presentation-errors.ts';

const score = (label: 'live' | 'spoof', species: string, liveScore: number | null): PresentationScore => ({
  label,
  species,
  liveScore,
});
const SCORES = [
  score('live', 'kiosk', 0.9),
  score('live', 'kiosk', 0.6),
  score('live', 'kiosk', null),
  score('live', 'kiosk', 0.4),
  score('spoof', 'print', 0.1),
  score('spoof', 'print', 0.5),
  score('spoof', 'mask', 0.99),
  score('spoof', 'mask', null),
];

describe('presentation errors', () => {
  it('counts each species by itself and reports the worst, never the pool', () => {
    const errors = presentationErrors(SCORES, 0.5);
    expect(errors.attacks.map(({ species, errors: count, presentations }) => [species, count, presentations])).toEqual([
      ['mask', 1, 2],
      ['print', 1, 2],
    ]);
    expect(errors).toMatchObject({
      worstAttackRate: 0.5,
      live: { errors: 2, presentations: 4, rate: 0.5, withoutFace: 1 },
    });
    expect(presentationErrors(SCORES, 0.7)).toMatchObject({ worstAttackRate: 0.5, averageErrorRate: (0.5 + 0.75) / 2 });
  });

  it('takes no face for neither a successful attack nor a live pass', () => {
    const errors = presentationErrors([score('live', 'a', null), score('spoof', 'b', null)], 0);
    expect([errors.live?.rate, errors.worstAttackRate]).toEqual([1, 0]);
  });

  it('claims nothing of what was not presented', () => {
    const errors = presentationErrors([score('live', 'a', 0.9)], 0.5);
    expect(errors).toMatchObject({ attacks: [], worstAttackRate: null, averageErrorRate: null });
    expect(errors.live?.upperLimit).toBeCloseTo(0.95, 6);
  });
});
