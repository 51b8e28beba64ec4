import { detPlot } from '../../../src/main/comparison/det-plot.ts';
import type { AttackErrors, CorpusSummary, ErrorCount, TerminalSummary } from './trial-summary.ts';
import { TERMINALS, type TerminalState } from './trial-judge.ts';

function percent(rate: number): string {
  return `${(100 * rate).toFixed(rate > 0 && rate < 0.01 ? 2 : 1)} %`;
}

function limits({ errors, interval, upperLimit }: ErrorCount): string {
  return errors === 0 ? `≤ ${percent(upperLimit)}` : `${percent(interval.low)}–${percent(interval.high)}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, i) => (i === 0 ? '---' : '--:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

function attackRow(summary: CorpusSummary, kind: string): string[] {
  const of = (state: TerminalState): AttackErrors => summary[state].attacks.find(({ name }) => name === kind)!;
  const cells = (errors: AttackErrors): string[] => [
    `${errors.errors} (${percent(errors.rate)})`,
    limits(errors),
    percent(errors.undecidedRate),
  ];
  const { gated, presentations, equalErrorRate } = of('calibrated');
  return [
    gated ? kind : `${kind} (not stopped by light)`,
    `${presentations}`,
    ...cells(of('calibrated')),
    ...cells(of('uncalibrated')),
    equalErrorRate === null ? '–' : percent(equalErrorRate),
  ];
}

function genuineRow(name: string, pick: (terminal: TerminalSummary) => ErrorCount, summary: CorpusSummary): string[] {
  const cells = (count: ErrorCount): string[] => [
    `${count.errors} (${percent(count.rate)})`,
    limits(count),
    percent(count.undecidedRate),
  ];
  const { calibrated, uncalibrated } = summary;
  return [name, `${pick(calibrated).presentations}`, ...cells(pick(calibrated)), ...cells(pick(uncalibrated))];
}

function variantLines(summary: CorpusSummary): string[] {
  return summary.calibrated.attacks.map((attack) => {
    const uncalibrated = summary.uncalibrated.attacks.find(({ name }) => name === attack.name)!;
    const parts = attack.variants.map(({ name, errors, presentations }, i) => {
      const without = uncalibrated.variants[i]!.errors;
      return `${name} ${errors}/${presentations}${without === errors ? '' : ` (${without} uncalibrated)`}`;
    });
    return `- ${attack.name}: ${parts.join(', ')}`;
  });
}

/** The report as Markdown tables. */
export function reportMarkdown(summary: CorpusSummary): string {
  const both = ['accepted', '95 % limits', 'undecided', 'accepted, uncalibrated', '95 % limits', 'undecided'];
  const refused = both.map((cell) => cell.replace('accepted', 'refused'));
  const banded = (title: string, key: 'ambient' | 'skin' | 'palette'): string[][] =>
    summary.calibrated.genuineBy[key].map(({ name }, i) =>
      genuineRow(`${title} ${name}`, (terminal) => terminal.genuineBy[key][i]!, summary),
    );
  const { calibrated, uncalibrated } = summary;
  const persons = calibrated.genuineByPersons;
  const reasons = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([reason, count]) => `\`${reason}\` ${count}`)
      .join(', ') || 'none';
  return [
    '### Attacks (APCER, APNRR)',
    '',
    table(
      ['attack', 'n', ...both, 'EER'],
      calibrated.attacks.map(({ name }) => attackRow(summary, name)),
    ),
    '',
    'Accepted by instrument:',
    '',
    ...variantLines(summary),
    '',
    '### Living people (BPCER, BPNRR)',
    '',
    table(
      ['', 'n', ...refused],
      [
        genuineRow('all', (terminal) => terminal.genuine, summary),
        ...banded('palette', 'palette'),
        ...banded('ambient lux', 'ambient'),
        ...banded('skin, reflectance in green', 'skin'),
      ],
    ),
    '',
    `Drawing whole persons again (${summary.persons} photographed persons): refused ${percent(persons.low)}–${percent(persons.high)}.`,
    '',
    `Refused for: ${reasons(calibrated.refusedFor)}; uncalibrated: ${reasons(uncalibrated.refusedFor)}.`,
    `Undecided for: ${reasons(calibrated.undecidedFor)}; uncalibrated: ${reasons(uncalibrated.undecidedFor)}.`,
    '',
    '### Wrong codes',
    '',
    ...TERMINALS.map((state) => {
      const { tried, accepted, upperLimit } = summary[state].wrongCodes;
      return `- ${state}: ${accepted} of ${tried} accepted, at most ${percent(upperLimit)} (95 %)`;
    }),
    '',
  ].join('\n');
}

/** Error trade-off of every kind, for terminals that are calibrated. */
export function reportPlot(summary: CorpusSummary): string {
  const { attacks, genuine } = summary.calibrated;
  return detPlot({
    title: 'Light challenge on simulated recordings: detection error trade-off',
    subtitle: `${genuine.presentations} genuine, ${attacks[0]?.presentations ?? 0} of each attack; undecided ones left out`,
    xLabel: 'APCER (attacks taken for live)',
    yLabel: 'BPCER (live refused)',
    series: attacks.map(({ name, curve }) => ({ name, points: curve })),
  });
}
