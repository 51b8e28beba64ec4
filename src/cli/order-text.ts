import type { CertificationResult } from '../shared/domain/certification-result.ts';

/** A result for people: the verdict first, then what it rests on. */
export function resultLines(result: CertificationResult): readonly string[] {
  const { comparison, liveness, outcome } = result;
  const marks = [
    result.provisional ? 'provisional' : '',
    result.underReview ? 'under review' : '',
    result.simulated ? 'simulated' : '',
  ].filter((mark) => mark !== '');
  return [
    [`${result.state} (${result.reason})`, ...marks].join(', '),
    `record ${result.certifyId}, order ${result.orderId ?? '-'}, scene ${result.sceneId}, scheme ${result.scheme}`,
    `basis ${result.basis}, decided ${new Date(result.decidedAtMs).toISOString()}`,
    ...(liveness ? [`liveness ${liveness.verdict}`] : []),
    ...(comparison
      ? [`comparison ${comparison.score.toFixed(1)} of 100, from ${comparison.threshold} on a match`]
      : []),
    ...result.scores.map(({ kind, value, scale, threshold }) => {
      const limit = threshold === null ? '' : `, threshold ${threshold}`;
      return `score ${kind} ${value} of ${scale}${limit}`;
    }),
    ...(outcome?.vendor
      ? [`${outcome.vendor.name} ${outcome.vendor.operation}: ${outcome.vendor.code} ${outcome.vendor.message}`.trim()]
      : []),
    ...result.materials.map(
      ({ name, bytes, keptUntilMs }) => `${name}: ${bytes} bytes, kept until ${new Date(keptUntilMs).toISOString()}`,
    ),
  ];
}
