import { wilsonInterval, type Interval } from '../../../../src/main/comparison/intervals.ts';
import type { BankCardContent } from '../../../../src/main/inference/documents/bank-card/contract.ts';
import { readBankCard } from '../../../../src/main/inference/documents/bank-card/read-bank-card.ts';
import type { RectifiedCard, TextEngine } from '../../../../src/main/inference/documents/contract.ts';
import { kindOf } from '../../../../src/main/inference/documents/document-kind.ts';
import type { BankIssuers } from '../../../../src/shared/domain/bank-issuers.ts';
import { degraded, type BankCardDegradation } from './degradation.ts';
import { drawBankCard } from './draw.ts';
import { bankCardSpecimen, type BankCardSpecimen } from './specimen.ts';

/** How many of so many, with the interval that holds in 95 of 100 repetitions. */
export interface Share extends Interval {
  readonly hits: number;
  readonly of: number;
}

/** What was measured over specimens of one degradation, flat or embossed. */
export interface BankCardRow {
  readonly degradation: BankCardDegradation;
  readonly embossed: boolean;
  /** Numbers of which every digit is right. */
  readonly number: Share;
  /** Numbers given as sure. */
  readonly sure: Share;
  /** Of those given as sure, the wrong ones. */
  readonly wrongThoughSure: Share;
  readonly expiry: Share;
  /** Names right but for their spaces. */
  readonly holder: Share;
  /** Specimens taken for a bank card before a digit is trusted. */
  readonly kind: Share;
  /** Specimens rightly told as raised or flat; `relief` unknown counts as not. */
  readonly relief: Share;
  /** Mean time by the clock that was given of the bank card's part, without finding and reading the card's lines. */
  readonly meanMs: number;
}

interface Tools {
  readonly engine: TextEngine;
  readonly issuers: BankIssuers;
  readonly nowMs: () => number;
}

interface Outcome {
  readonly specimen: BankCardSpecimen;
  readonly content: BankCardContent;
  readonly recognised: boolean;
  readonly tookMs: number;
}

const TODAY = '2026-11-22';

/** Reads specimens of the given seeds and counts. Limits are chosen on even seeds, so that odd ones are reported. */
export async function evaluateBankCards(
  seeds: readonly number[],
  { degradation, embossed }: Pick<BankCardRow, 'degradation' | 'embossed'>,
  tools: Tools,
): Promise<BankCardRow> {
  const outcomes: Outcome[] = [];
  for (const seed of seeds) outcomes.push(await readSpecimen(bankCardSpecimen(seed, { embossed }), degradation, tools));
  const share = (counted: readonly Outcome[], isHit: (outcome: Outcome) => boolean): Share => {
    const hits = counted.filter(isHit).length;
    return { hits, of: counted.length, ...wilsonInterval(hits, counted.length) };
  };
  const right = ({ specimen, content }: Outcome): boolean => content.fields.number.text === specimen.number;
  const sure = outcomes.filter(({ content }) => content.fields.number.doubt === null);
  return {
    degradation,
    embossed,
    number: share(outcomes, right),
    sure: share(outcomes, (outcome) => sure.includes(outcome)),
    wrongThoughSure: share(sure, (outcome) => !right(outcome)),
    expiry: share(
      outcomes.filter(({ specimen }) => specimen.expiry !== null),
      ({ specimen, content }) => content.fields.expiry.text === specimen.expiry,
    ),
    holder: share(
      outcomes.filter(({ specimen }) => specimen.holder !== null),
      ({ specimen, content }) => withoutSpaces(content.fields.holder.text) === withoutSpaces(specimen.holder),
    ),
    kind: share(outcomes, ({ recognised }) => recognised),
    relief: share(outcomes, ({ specimen, content }) => content.embossed === specimen.embossed),
    meanMs: outcomes.reduce((sum, { tookMs }) => sum + tookMs, 0) / Math.max(1, outcomes.length),
  };
}

async function readSpecimen(
  specimen: BankCardSpecimen,
  degradation: BankCardDegradation,
  { engine, issuers, nowMs }: Tools,
): Promise<Outcome> {
  const { frame, sourceWidth } = await degraded(await drawBankCard(specimen), degradation, specimen.seed);
  const card: RectifiedCard = { picture: frame, size: 'ID-1', source: frame, quad: null, cut: 0, sourceWidth };
  const lines = await engine.recognise(frame, await engine.detect(frame));
  const startMs = nowMs();
  const content = await readBankCard({ card, lines, engine, today: TODAY }, issuers);
  return { specimen, content, recognised: kindOf(lines, 'bank-card') === 'bank-card', tookMs: nowMs() - startMs };
}

function withoutSpaces(text: string | null): string | null {
  return text?.replaceAll(' ', '') ?? null;
}

/** Rows as a table in Markdown. */
export function bankCardTable(rows: readonly BankCardRow[]): string {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const cell = ({ hits, of, low, high }: Share): string =>
    of === 0 ? '–' : `${percent(hits / of)} (${percent(low)}–${percent(high)}), ${hits}/${of}`;
  const head = [
    'degradation',
    'number',
    'exact',
    'sure',
    'wrong though sure',
    'expiry',
    'holder',
    'kind',
    'relief',
    'CPU ms',
  ];
  const lines = rows.map((row) => [
    row.degradation,
    row.embossed ? 'embossed' : 'flat',
    cell(row.number),
    cell(row.sure),
    cell(row.wrongThoughSure),
    ...[row.expiry, row.holder, row.kind, row.relief].map(({ hits, of }) => `${hits}/${of}`),
    row.meanMs.toFixed(0),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
