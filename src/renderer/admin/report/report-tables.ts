import {
  comparedIn,
  passRate,
  type ComparisonCounts,
  type Report,
  type ReportCounts,
  type ReportSlot,
} from '../../../shared/domain/report.ts';
import { reasonText } from '../../../shared/reason-texts.ts';
import { count, measured, percent, shortDay } from '../formats.ts';
import type { Speech } from '../translation.ts';
import type { Cell, Column, TableModel } from './table-model.ts';

const HOUR_MS = 3_600_000;

/** The day, or the hour of the day; of an hour that comes twice, by which offset. */
export function slotText({ day, hour, repeatedAtMin }: ReportSlot, { t, language }: Speech): string {
  if (hour === null) return shortDay(day, language);
  const time = `${String(hour).padStart(2, '0')}:00`;
  return repeatedAtMin === null ? time : t('report.repeatedHour', { time, offset: offsetText(repeatedAtMin) });
}

function offsetText(offsetMin: number): string {
  const size = Math.abs(offsetMin);
  const time = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `${offsetMin < 0 ? '−' : '+'}${time}`;
}

export function sceneNameOf(report: Report, sceneId: string): string {
  return report.choices.scenes.find((scene) => scene.sceneId === sceneId)?.name ?? sceneId;
}

/** A share with one decimal in per cent; nothing where there was nothing. */
function shareCell(share: number | null, { language }: Speech): Cell {
  return { text: percent(share, language), value: share === null ? null : Math.round(share * 10_000) / 10_000 };
}

function numberCell(value: number, { language }: Speech): Cell {
  return { text: count(value, language), value };
}

function textCell(text: string, value: string = text): Cell {
  return { text, value };
}

function words(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, isNumber: false }));
}

function numbers(...names: readonly string[]): readonly Column[] {
  return names.map((name) => ({ name, isNumber: true }));
}

function countColumns({ t }: Speech): readonly Column[] {
  return numbers(
    t('report.submitted'),
    t('report.passed'),
    t('report.refused'),
    t('report.passRate'),
    t('report.review'),
    t('report.error'),
  );
}

function countCells(counts: ReportCounts, speech: Speech): readonly Cell[] {
  const { submitted, passed, failed, review, error } = counts;
  const n = (value: number): Cell => numberCell(value, speech);
  return [n(submitted), n(passed), n(failed), shareCell(passRate(counts), speech), n(review), n(error)];
}

function comparisonColumns({ t }: Speech): readonly Column[] {
  return numbers(t('report.compared'), t('report.match'), t('report.grey'), t('report.noMatch'));
}

function comparisonCells(comparisons: ComparisonCounts, speech: Speech): readonly Cell[] {
  const { match, grey, noMatch } = comparisons;
  return [comparedIn(comparisons), match, grey, noMatch].map((value) => numberCell(value, speech));
}

function slotColumns({ window }: Report, { t }: Speech): readonly Column[] {
  return words(t(window.unit === 'hour' ? 'report.hour' : 'report.day'));
}

function slotCell(slot: ReportSlot, speech: Speech): Cell {
  const text = slotText(slot, speech);
  return textCell(text, slot.hour === null ? slot.day : `${slot.day} ${text}`);
}

/** What was submitted and what it came to, hour by hour or day by day. */
export function verdictTable(report: Report, speech: Speech): TableModel {
  return {
    caption: speech.t('report.verdicts'),
    columns: [...slotColumns(report, speech), ...countColumns(speech)],
    rows: report.slots.map((slot) => [slotCell(slot, speech), ...countCells(slot, speech)]),
    foot: [textCell(speech.t('report.sum')), ...countCells(sumOfSlots(report), speech)],
  };
}

/** The sum of what the rows say: what is not told apart by the hour yet is in the totals alone. */
function sumOfSlots({ slots }: Report): ReportCounts {
  const sum = (pick: (slot: ReportSlot) => number): number => slots.reduce((total, slot) => total + pick(slot), 0);
  return {
    submitted: sum((slot) => slot.submitted),
    passed: sum((slot) => slot.passed),
    failed: sum((slot) => slot.failed),
    review: sum((slot) => slot.review),
    error: sum((slot) => slot.error),
  };
}

/** In how many certifications faces were compared, and what that came to. */
export function comparisonTable(report: Report, speech: Speech): TableModel {
  const { comparisons } = report.totals;
  return {
    caption: speech.t('report.comparisons'),
    columns: [...slotColumns(report, speech), ...comparisonColumns(speech)],
    rows: report.slots.map((slot) => [slotCell(slot, speech), ...comparisonCells(slot.comparisons, speech)]),
    foot: [textCell(speech.t('report.sum')), ...comparisonCells(comparisons, speech)],
  };
}

export function sceneTable(report: Report, speech: Speech): TableModel {
  const { t } = speech;
  return {
    caption: t('report.scenes'),
    columns: [
      ...words(t('report.scene')),
      { name: t('report.scheme'), isNumber: false, isCode: true },
      ...countColumns(speech),
      ...numbers(t('report.compared')),
    ],
    rows: report.scenes.map((row) => [
      textCell(sceneNameOf(report, row.sceneId)),
      textCell(row.scheme === '' ? t('report.notToldApart') : row.scheme),
      ...countCells(row, speech),
      numberCell(comparedIn(row.comparisons), speech),
    ]),
    foot: [
      textCell(t('report.sum')),
      textCell(''),
      ...countCells(report.totals, speech),
      numberCell(comparedIn(report.totals.comparisons), speech),
    ],
  };
}

export function reasonTable(report: Report, speech: Speech): TableModel {
  const { t, language } = speech;
  const all = report.reasons.reduce((sum, { count: n }) => sum + n, 0);
  const share = (n: number): Cell => shareCell(all === 0 ? null : n / all, speech);
  return {
    caption: t('report.reasons'),
    columns: [
      ...words(t('report.reason')),
      { name: t('report.code'), isNumber: false, isCode: true },
      ...words(t('report.outcome')),
      ...numbers(t('report.count'), t('report.share')),
    ],
    rows: report.reasons.map(({ reason, state, count: n }) => [
      textCell(reasonText(reason, language, 'clerk')),
      textCell(reason),
      textCell(t(`verdict.${state}`)),
      numberCell(n, speech),
      share(n),
    ]),
    foot: [textCell(t('report.sum')), textCell(''), textCell(''), numberCell(all, speech), share(all)],
  };
}

export function stepTable(report: Report, { t, language }: Speech): TableModel {
  const seconds = (ms: number): Cell => ({ text: measured(ms / 1000, 2), value: Math.round(ms) / 1000 });
  return {
    caption: t('report.steps'),
    columns: [
      ...words(t('report.step')),
      ...numbers(t('report.count'), t('report.mean'), t('report.median'), t('report.p95')),
    ],
    rows: report.steps.map(({ stage, count: n, meanMs, p50Ms, p95Ms }) => [
      textCell(t(`stage.${stage}`)),
      { text: count(n, language), value: n },
      seconds(meanMs),
      seconds(p50Ms),
      seconds(p95Ms),
    ]),
    foot: null,
  };
}

export function uptimeTable(report: Report, speech: Speech): TableModel {
  const { t } = speech;
  const hours = (ms: number): Cell => ({ text: measured(ms / HOUR_MS, 1), value: Math.round(ms / 36_000) / 100 });
  return {
    caption: t('report.uptime'),
    columns: [
      ...words(t('report.part')),
      ...numbers(
        t('report.availability'),
        t('report.upHours'),
        t('report.downHours'),
        t('report.unknownHours'),
        t('report.failures'),
      ),
    ],
    rows: report.uptime.map(({ part, upMs, downMs, unknownMs, failures }) => [
      textCell(t(`report.parts.${part}`)),
      shareCell(upMs + downMs === 0 ? null : upMs / (upMs + downMs), speech),
      hours(upMs),
      hours(downMs),
      hours(unknownMs),
      numberCell(failures, speech),
    ]),
    foot: null,
  };
}
