import type { GroupSummary, Share } from './reading-summary.ts';

/** The tables that the run prints and the documentation shows: Markdown. */
export function reportMarkdown(groups: readonly GroupSummary[]): string {
  const fields = groups.flatMap(({ group, fields: rows }) =>
    rows.map((row) => [
      group,
      row.field,
      cell(row.exact),
      cell(row.characters),
      `${percent(row.unsure)} %`,
      cell(row.wrongThoughSure),
      String(row.wrongUnknownCharacter),
    ]),
  );
  const sides = groups.flatMap(({ group, sides: rows, allFields }) =>
    rows.map((row) => [
      group,
      row.side,
      cell(row.read),
      cell(row.upright),
      named(row.refusals),
      named(row.raised),
      `${thousandths(row.cornerErrorMedian)} / ${thousandths(row.cornerErrorP95)}`,
      `${row.medianMs} / ${row.p95Ms}`,
      `${allFields.hits}/${allFields.of}`,
    ]),
  );
  return [
    table(
      [
        'pictures',
        'field',
        'whole value right',
        'characters right',
        'unsure',
        'wrong though sure',
        'of these with an unknown character',
      ],
      fields,
    ),
    '',
    table(
      [
        'pictures',
        'side',
        'read',
        'turned the right way',
        'refused with',
        'warnings raised',
        'worst corner, ‰ of the width (median / p95)',
        'ms (median / p95)',
        'all fields right, both sides',
      ],
      sides,
    ),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function percent({ hits, of }: Share): string {
  return of === 0 ? '–' : ((100 * hits) / of).toFixed(1);
}

function cell(share: Share): string {
  if (share.of === 0) return '–';
  const limit = (value: number): string => (100 * value).toFixed(1);
  return `${percent(share)} % (${limit(share.low)}–${limit(share.high)}), ${share.hits}/${share.of}`;
}

function named(counts: Readonly<Record<string, number>>): string {
  return (
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || '–'
  );
}

function thousandths(part: number | null): string {
  return part === null ? '–' : (1000 * part).toFixed(1);
}
