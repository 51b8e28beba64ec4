import type { Clock } from '../../shared/clock.ts';
import type { Report, StepDuration } from '../../shared/domain/report.ts';
import { daysIn, reportWindow, type ReportDaysProblem, type ReportWindow } from '../../shared/domain/report-window.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import { mergeSteps, stepQuantileMs, type StepTimesByStage } from '../../shared/domain/step-times.ts';
import { STAGES } from '../../shared/domain/certification.ts';
import type { ReportRequest } from '../../shared/ipc/admin-reports.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { sumReport, type SlotPlace } from '../reports/report-sums.ts';
import type { SceneBook } from '../settings/scene-book.ts';
import type { StoreDatabase } from '../store/database.ts';
import { dayBy, hoursOfDay, spanOfDay, type LocalHour, type UtcOffset } from '../store/report-place.ts';
import type { CountedRow, ReportRows, StepRow } from '../store/report-rows.ts';
import { readUptime } from '../store/uptime-rows.ts';

export interface ReportDeskParts {
  readonly database: StoreDatabase;
  readonly rows: ReportRows;
  readonly scenes: Pick<SceneBook, 'scenes' | 'schemes'>;
  readonly clock: Pick<Clock, 'wallMs'>;
  readonly offsetOf: UtcOffset;
}

/**
 * Counts what a report is about, from the kept counts alone.
 *
 * @returns `request.invalid` naming the field for days that don't make a span or a scheme that there is not,
 *   `scene.unknown` for a scene that there neither is nor was
 */
export function readReport(parts: ReportDeskParts, request: ReportRequest): Result<Report, Failure> {
  const { rows, clock, offsetOf } = parts;
  const newest = rows.lastDay();
  if (!newest.ok) return newest;
  const today = dayBy(offsetOf)(clock.wallMs());
  const lastDay = newest.value !== null && newest.value > today ? newest.value : today;
  const found = reportWindow(request, lastDay);
  if (!found.ok) return err(failure('request.invalid', describeDays(found.error, lastDay)));
  const window = found.value;
  const known = knownNames(parts, request);
  if (!known.ok) return known;
  const days = rows.days(window);
  if (!days.ok) return days;
  const hours = window.unit === 'hour' ? rows.hours(window.from) : null;
  if (hours?.ok === false) return hours;
  const steps = rows.steps(window);
  if (!steps.ok) return steps;
  const uptime = readUptime(parts.database, uptimeSpan(parts, window));
  if (!uptime.ok) return uptime;
  const wanted = wantedBy(request);
  const places = placesOf(window, hours?.value ?? [], offsetOf);
  const byDay = sumReport(days.value.filter(wanted), hours === null ? places : []);
  const { slots } = hours === null ? byDay : sumReport(hours.value.filter(wanted), places);
  const { plain, totals, reasons, scenes } = byDay;
  return ok({
    window,
    today,
    lastDay,
    plain: request.schemes.length === 0 ? plain : plainOf(days.value, request),
    totals,
    slots,
    reasons,
    scenes,
    steps: durations(steps.value.filter(wanted)),
    uptime: uptime.value,
    choices: choicesOf(known.value, days.value),
  });
}

/** What is wrong with the days of a report, in words. */
export function describeDays({ field, why }: ReportDaysProblem, lastDay: string): string {
  if (why === 'not-a-day') return `${field}: not a day like 2026-03-01`;
  return why === 'in-future' ? `${field}: after ${lastDay}, the last day that there is` : 'to: before from';
}

interface KnownNames {
  readonly scenes: readonly { readonly sceneId: string; readonly name: string }[];
}

function knownNames({ scenes: book, rows }: ReportDeskParts, request: ReportRequest): Result<KnownNames, Failure> {
  const scenes = book.scenes();
  if (!scenes.ok) return scenes;
  const composed = book.schemes();
  if (!composed.ok) return composed;
  for (const sceneId of request.sceneIds) {
    if (scenes.value.some(({ id }) => id === sceneId)) continue;
    const counted = rows.hasScene(sceneId);
    if (!counted.ok) return counted;
    if (!counted.value) return err(failure('scene.unknown', sceneId));
  }
  for (const scheme of request.schemes) {
    if (findScheme(scheme, composed.value)) continue;
    const counted = rows.hasScheme(scheme);
    if (!counted.ok) return counted;
    if (!counted.value) return err(failure('request.invalid', `schemes: there is no scheme ${scheme}`));
  }
  return ok({ scenes: scenes.value.map(({ id, name }) => ({ sceneId: id, name })) });
}

type Named = { readonly sceneId: string; readonly scheme: string };

function wantedBy({ sceneIds, schemes }: ReportRequest): (row: Named) => boolean {
  if (sceneIds.length === 0 && schemes.length === 0) return () => true;
  const [wantedScenes, wantedSchemes] = [new Set(sceneIds), new Set(schemes)];
  return ({ sceneId, scheme }) =>
    (sceneIds.length === 0 || wantedScenes.has(sceneId)) && (schemes.length === 0 || wantedSchemes.has(scheme));
}

/** Where schemes were chosen, what is not told apart yet is in none of the sums, and still has to be mentioned. */
function plainOf(rows: readonly CountedRow[], { sceneIds }: ReportRequest): number {
  const ofScene = wantedBy({ sceneIds, schemes: [], from: '', to: '', keep: 'to' });
  return rows.reduce((sum, row) => sum + (row.reason === null && ofScene(row) ? row.count : 0), 0);
}

function placesOf(window: ReportWindow, counted: readonly CountedRow[], offsetOf: UtcOffset): readonly SlotPlace[] {
  if (window.unit === 'day') {
    return daysIn(window).map((day) => ({ day, hour: null, offsetMin: null, repeatedAtMin: null }));
  }
  const hours = [...hoursOfDay(window.from, offsetOf), ...foreignHours(counted)];
  const distinct = new Map(hours.map((at) => [`${at.hour} ${at.offsetMin}`, at]));
  const sorted = [...distinct.values()].sort((a, b) => a.hour * 60 - a.offsetMin - (b.hour * 60 - b.offsetMin));
  return sorted.map(({ hour, offsetMin }) => ({
    day: window.from,
    hour,
    offsetMin,
    repeatedAtMin: sorted.filter((other) => other.hour === hour).length > 1 ? offsetMin : null,
  }));
}

/** Hours of another time zone: the machine's was changed since. */
function foreignHours(counted: readonly CountedRow[]): readonly LocalHour[] {
  return counted.flatMap(({ hour, offsetMin }) => (hour === null || offsetMin === null ? [] : [{ hour, offsetMin }]));
}

function uptimeSpan({ clock, offsetOf }: ReportDeskParts, { from, to }: ReportWindow) {
  const fromMs = spanOfDay(from, offsetOf).fromMs;
  return { fromMs, toMs: Math.max(fromMs, Math.min(spanOfDay(to, offsetOf).toMs, clock.wallMs())) };
}

function durations(rows: readonly StepRow[]): readonly StepDuration[] {
  const all: StepTimesByStage = {};
  for (const { steps } of rows) mergeSteps(all, steps);
  return STAGES.flatMap((stage) => {
    const times = all[stage];
    if (times === undefined || times.count === 0) return [];
    const { count, sumMs } = times;
    const at = (share: number): number => stepQuantileMs(times, share) ?? 0;
    return [{ stage, count, meanMs: sumMs / count, p50Ms: at(0.5), p95Ms: at(0.95) }];
  });
}

function choicesOf({ scenes }: KnownNames, counted: readonly CountedRow[]): Report['choices'] {
  const [removed, schemes] = [new Set<string>(), new Set<string>()];
  for (const { sceneId, scheme } of counted) {
    removed.add(sceneId);
    schemes.add(scheme);
  }
  for (const { sceneId } of scenes) removed.delete(sceneId);
  schemes.delete('');
  return {
    scenes: [...scenes, ...[...removed].sort().map((sceneId) => ({ sceneId, name: null }))],
    schemes: [...schemes].sort(),
  };
}
