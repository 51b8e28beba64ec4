import type { Calibration } from '../main/comparison/calibration.ts';
import type { Interval } from '../main/comparison/intervals.ts';
import type { ThresholdCurve } from '../shared/domain/comparison.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;color:#1c2733;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{padding:.35rem .7rem;text-align:right;border-bottom:1px solid #dde3ea}
td{white-space:nowrap}
th{font-weight:600}.warning{border-left:4px solid #b54708;background:#fff6ec;padding:.5rem 1rem;margin:.5rem 0}
svg{max-width:100%;height:auto}pre{background:#f4f6f8;padding:1rem;overflow:auto}`;

/**
 * The report of a calibration as one HTML page that loads nothing.
 *
 * @param plot the trade-off curve as SVG.
 */
export function calibrationReport(calibration: Calibration, curve: ThresholdCurve, plot: string): string {
  const { kind, genuineCount, impostorCount, subjectCount, warnings, unsupported } = calibration;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Calibration, ${kind}</title>
<style>${STYLE}</style>
<h1>Calibration, ${kind}</h1>
<p>${count(genuineCount)} scores of the same person${subjectCount === null ? '' : ` (${count(subjectCount)} subjects)`} and
${count(impostorCount)} scores of different persons.</p>
${warnings.map((warning) => `<p class="warning">${escaped(warning)}</p>`).join('\n')}
<h2>Thresholds</h2>
<table>
<tr><th>false accept rate</th><th>threshold (cosine)</th><th>true accept rate</th><th>95 % interval</th><th>measured rate</th><th>95 % interval</th></tr>
${calibration.rates.map(row).join('\n')}
${unsupported.map(({ far, impostorsNeeded }) => `<tr><td>${far}</td><td colspan="5">not claimed: needs ${count(impostorsNeeded)} different-person scores</td></tr>`).join('\n')}
</table>
<p>Thresholds are rounded up to three digits, so the measured rate is at most the one in the first column. Intervals of
the true accept rate draw whole subjects again (bootstrap, 2,000 rounds); those of the false accept rate are Wilson's
and treat different-person scores as independent, which they are not when few people make many pairs.</p>
<h2>Trade-off</h2>
${plot}
<h2>Table for the model manifest</h2>
<p>Put this in place of the <code>${kind}</code> entry in <code>thresholds</code> of the model <code>feature</code>.</p>
<pre>${escaped(JSON.stringify(curve, null, 2))}</pre>
</html>
`;
}

function row({
  far,
  threshold,
  trueAcceptRate,
  trueAcceptInterval,
  measuredFar,
  falseAcceptInterval,
}: Calibration['rates'][number]): string {
  const cells = [
    String(far),
    threshold.toFixed(3),
    percent(trueAcceptRate),
    between(trueAcceptInterval),
    percent(measuredFar),
    between(falseAcceptInterval),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function between({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)}`;
}

/** Small rates keep two digits that say something. */
function percent(share: number): string {
  const value = 100 * share;
  return `${value === 0 || value >= 1 ? value.toFixed(2) : value.toPrecision(2)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
