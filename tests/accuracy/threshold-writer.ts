import type { PairKind, ThresholdCurve } from '../../src/shared/domain/comparison.ts';
import { modelManifestSchema } from '../../src/main/inference/model-manifest.ts';
import { failure, type Failure } from '../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import type { PairEvaluation } from './pair-evaluation.ts';
import type { RunFacts } from './run-facts.ts';

/** Fewer subjects or impostors than these make no table that a product may ship with. */
const FEWEST_SUBJECTS = 200;
const FEWEST_IMPOSTORS = 300_000;

/**
 * Puts freshly measured curves into the text of a model manifest; all else in it stays.
 *
 * @returns `request.invalid` when the data is too small for a table that decides at 1e-5.
 * @throws when the manifest isn't valid.
 */
export function withThresholds(
  manifestText: string,
  evaluations: readonly PairEvaluation[],
  description: string,
  facts: RunFacts,
): Result<unknown, Failure> {
  for (const { kind, subjects, impostorPairs } of evaluations) {
    if (impostorPairs < FEWEST_IMPOSTORS || (subjects ?? 0) < FEWEST_SUBJECTS) {
      const found = `${impostorPairs} different-person pairs of ${subjects ?? 0} subjects`;
      return err(failure('request.invalid', `${kind}: ${found} make no table to ship`));
    }
  }
  const manifest = JSON.parse(manifestText) as { models: { id: string; thresholds?: ThresholdCurve[] }[] };
  const feature = manifest.models.find(({ id }) => id === 'feature');
  const curves = new Map<PairKind, ThresholdCurve>((feature?.thresholds ?? []).map((curve) => [curve.kind, curve]));
  for (const evaluation of evaluations) curves.set(evaluation.kind, curveOf(evaluation, description, facts));
  if (feature) feature.thresholds = [...curves.values()];
  modelManifestSchema.parse(manifest);
  return ok(manifest);
}

function curveOf(evaluation: PairEvaluation, description: string, facts: RunFacts): ThresholdCurve {
  const chip =
    evaluation.kind === 'live-chip'
      ? ' The chip side is the same images cropped to 102x126, squeezed to at most 1,024 bytes of WebP (an imitation of ' +
        'the loss on a card, not its real coding) and enlarged 2.5 times.'
      : '';
  return {
    kind: evaluation.kind,
    measured:
      `${description}, ${evaluation.images} images of ${evaluation.subjects ?? 0} persons; ` +
      `${evaluation.withoutFace} without a face left out.${chip} ${evaluation.genuinePairs} same-person and ` +
      `${evaluation.impostorPairs} different-person pairs. ` +
      `${(100 * evaluation.listed.best.accuracy).toFixed(2)} % of the ${evaluation.listed.pairs} listed pairs at the best ` +
      `threshold. "${facts.command}" at commit ${facts.commit}, ${facts.date}.`,
    points: evaluation.rates.map(({ far, threshold, trueAcceptRate }) => ({
      far,
      cosine: Number(threshold.toFixed(3)),
      trueAcceptRate: Number(trueAcceptRate.toFixed(4)),
    })),
  };
}
