import { FACE_REGIONS, type FaceRegion } from '../../shared/domain/liveness.ts';
import { alignAtLag, relativeToMedian, type CodeFit } from './code-correlation.ts';
import type { LinearRgb } from '../../shared/domain/linear-light.ts';
import type { FrameSignal } from './region-signals.ts';
import type { Stimulus } from './stimulus.ts';

/** Below this gain a region's share is noise. */
const MIN_GAIN = 0.02;

function over(part: LinearRgb, whole: LinearRgb): LinearRgb {
  const share = (channel: 0 | 1 | 2): number => part[channel] / Math.max(whole[channel], 1e-6);
  return [share(0), share(1), share(2)];
}

function responseOf(region: FaceRegion, signals: readonly FrameSignal[], stimulus: Stimulus, fit: CodeFit) {
  const timesMs = signals.map((signal) => signal.capturedAtMs);
  const aligned = alignAtLag(timesMs, stimulus, fit.lagMs);
  if (!aligned) return null;
  const seen = aligned.project(relativeToMedian(signals.map((signal) => over(signal.regions[region], signal.face))));
  let weights = 0;
  let sum = 0;
  aligned.light.forEach((light, channel) => {
    const gain = fit.gain[channel]!;
    if (gain < MIN_GAIN) return;
    const power = light.reduce((total, value) => total + value * value, 0);
    const both = light.reduce((total, value, i) => total + value * seen[channel]![i]!, 0);
    weights += gain * gain * power;
    sum += gain * both;
  });
  return weights === 0 ? null : sum / weights;
}

/**
 * How much more (+) or less (−) than the whole face each region answers the screen, as a share of the face's own
 * answer. The skin's colour cancels: a flat carrier gives 0 everywhere, whatever is printed on it. Evidence only:
 * without a calibrated limit it decides nothing.
 */
export function measureRegionResponse(
  signals: readonly FrameSignal[],
  stimulus: Stimulus,
  fit: CodeFit,
): Record<FaceRegion, number | null> {
  const entries = FACE_REGIONS.map((region) => [region, responseOf(region, signals, stimulus, fit)] as const);
  return Object.fromEntries(entries) as Record<FaceRegion, number | null>;
}
