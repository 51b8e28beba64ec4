import { normalDeviate } from './normal-deviate.ts';
import type { OperatingPoint } from './roc.ts';

export interface DetSeries {
  /** Named in the legend. */
  readonly name: string;
  readonly points: readonly OperatingPoint[];
}

export interface DetPlot {
  readonly title: string;
  /** One line under the title: data and counts. */
  readonly subtitle: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly DetSeries[];
}

const WIDTH = 760;
const HEIGHT = 600;
const LEGEND_WIDTH = 310;
const AREA = { left: 92, top: 84, right: 728, bottom: 520 } as const;

/** Rates with a grid line; both axes take the part of them that the curves need. */
const TICKS = [1e-6, 1e-5, 1e-4, 1e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.4] as const;

/** Told apart by colour-blind people (Okabe and Ito, 2008), and by dashes in print. */
const STROKES = [
  { colour: '#0072b2', dashes: '' },
  { colour: '#d55e00', dashes: '9 4' },
  { colour: '#009e73', dashes: '3 3' },
  { colour: '#cc79a7', dashes: '12 4 3 4' },
  { colour: '#56b4e9', dashes: '6 2' },
  { colour: '#e69f00', dashes: '2 5' },
  { colour: '#000000', dashes: '15 5' },
] as const;

/** Beyond a half a system is of no use, and the curve of no interest. */
const HIGHEST_RATE = 0.5;

/** A digit of the tick labels is about this wide. */
const LABEL_CHARACTER_PIXELS = 6.6;

interface Axis {
  readonly ticks: readonly number[];
  /** From a rate to pixels. */
  readonly at: (rate: number) => number;
}

/**
 * Draws detection error trade-off curves (ISO/IEC 19795-1) as one SVG picture: both rates on normal-deviate axes, in
 * percent. Rates of 0 have no place on them, and those above a half are left out.
 */
export function detPlot({ title, subtitle, xLabel, yLabel, series }: DetPlot): string {
  const drawn = series.map(({ name, points }) => ({
    name,
    points: lineOf(points.filter((p) => isPlottable(p.falseAcceptRate) && isPlottable(p.falseRejectRate))),
  }));
  const rates = (pick: (point: OperatingPoint) => number) => drawn.flatMap(({ points }) => points.map(pick));
  const x = axisFor(
    rates((point) => point.falseAcceptRate),
    AREA.left,
    AREA.right,
  );
  const y = axisFor(
    rates((point) => point.falseRejectRate),
    AREA.bottom,
    AREA.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" ` +
      `role="img" font-family="system-ui, sans-serif" font-size="13" fill="#1c2733">`,
    `<title>${escaped(`${title}. ${subtitle}`)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${AREA.left}" y="34" font-size="19" font-weight="600">${escaped(title)}</text>`,
    `<text x="${AREA.left}" y="58" fill="#52606d">${escaped(subtitle)}</text>`,
    ...verticalLines(x),
    ...y.ticks.map((rate) => horizontalLine(y.at(rate), rate)),
    `<rect x="${AREA.left}" y="${AREA.top}" width="${AREA.right - AREA.left}" height="${AREA.bottom - AREA.top}" fill="none" stroke="#52606d"/>`,
    `<text x="${(AREA.left + AREA.right) / 2}" y="${AREA.bottom + 52}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text transform="translate(26 ${(AREA.top + AREA.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
    ...drawn.flatMap((one, index) => curve(one, index, x, y)),
    ...(drawn.every(({ points }) => points.length === 0) ? [emptyNote()] : []),
    '</svg>',
    '',
  ].join('\n');
}

function curve({ name, points }: DetSeries, index: number, x: Axis, y: Axis): string[] {
  const { colour, dashes } = STROKES[index % STROKES.length]!;
  const stroke = `stroke="${colour}" stroke-width="2.5"${dashes && ` stroke-dasharray="${dashes}"`}`;
  const path = points
    .map((p, i) => `${i === 0 ? 'M' : 'L'}${x.at(p.falseAcceptRate).toFixed(1)} ${y.at(p.falseRejectRate).toFixed(1)}`)
    .join('');
  const legendY = AREA.top + 26 + index * 22;
  return [
    ...(path && [`<path d="${path}" fill="none" ${stroke} stroke-linejoin="round"/>`]),
    `<line x1="${AREA.right - LEGEND_WIDTH}" x2="${AREA.right - LEGEND_WIDTH + 34}" y1="${legendY - 4}" y2="${legendY - 4}" ${stroke}/>`,
    `<text x="${AREA.right - LEGEND_WIDTH + 42}" y="${legendY}">${escaped(points.length > 0 ? name : `${name} (too few to draw)`)}</text>`,
  ];
}

/** The smallest run of ticks around all rates, stretched over the pixels. */
function axisFor(rates: readonly number[], start: number, end: number): Axis {
  const lowest = rates.length > 0 ? Math.min(...rates) : 1e-3;
  const highest = rates.length > 0 ? Math.max(...rates) : 0.1;
  const first = Math.max(
    0,
    TICKS.findLastIndex((tick) => tick <= lowest),
  );
  const reaching = TICKS.findIndex((tick) => tick >= highest);
  const last = Math.max(first + 1, reaching < 0 ? TICKS.length - 1 : reaching);
  const ticks = TICKS.slice(first, last + 1);
  const from = normalDeviate(Math.min(lowest, ticks[0]!));
  const to = normalDeviate(Math.max(highest, ticks.at(-1)!));
  return { ticks, at: (rate) => start + ((normalDeviate(rate) - from) / (to - from)) * (end - start) };
}

/** Every tick has its line; labels that would run into another one are left out, whole powers of ten last. */
function verticalLines({ ticks, at }: Axis): string[] {
  const isDecade = (rate: number): boolean => Number.isInteger(Math.round(Math.log10(rate) * 1e9) / 1e9);
  const labels: { rate: number; left: number; right: number }[] = [];
  for (const rate of [...ticks.filter(isDecade), ...ticks.filter((tick) => !isDecade(tick))]) {
    const half = (percent(rate).length * LABEL_CHARACTER_PIXELS) / 2 + 3;
    const label = { rate, left: at(rate) - half, right: at(rate) + half };
    if (labels.every(({ left, right }) => label.right < left || label.left > right)) labels.push(label);
  }
  return [
    ...ticks
      .map((rate) => at(rate).toFixed(1))
      .map((x) => `<line x1="${x}" x2="${x}" y1="${AREA.top}" y2="${AREA.bottom}" stroke="#dde3ea"/>`),
    ...labels.map(
      ({ rate }) =>
        `<text x="${at(rate).toFixed(1)}" y="${AREA.bottom + 20}" text-anchor="middle" font-size="12">${percent(rate)}</text>`,
    ),
  ];
}

function horizontalLine(y: number, rate: number): string {
  return (
    `<line x1="${AREA.left}" x2="${AREA.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="#dde3ea"/>` +
    `<text x="${AREA.left - 8}" y="${(y + 4).toFixed(1)}" text-anchor="end" font-size="12">${percent(rate)}</text>`
  );
}

function emptyNote(): string {
  const centre = `x="${(AREA.left + AREA.right) / 2}" y="${(AREA.top + AREA.bottom) / 2}"`;
  return `<text ${centre} text-anchor="middle" fill="#52606d">Too few errors to draw a curve.</text>`;
}

/** One point makes no line. */
function lineOf(points: readonly OperatingPoint[]): readonly OperatingPoint[] {
  return points.length < 2 ? [] : points;
}

function isPlottable(rate: number): boolean {
  return rate > 0 && rate <= HIGHEST_RATE;
}

/** 0.0001 as "0.01 %", without an exponent. */
function percent(rate: number): string {
  return `${(rate * 100).toFixed(Math.max(0, Math.ceil(-Math.log10(rate * 100) - 1e-9)))} %`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
