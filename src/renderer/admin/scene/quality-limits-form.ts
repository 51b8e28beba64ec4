import {
  MEASURED_REASONS,
  QUALITY_LIMITS,
  type MeasuredReason,
  type QualityLimits,
} from '../../../shared/domain/face-quality.ts';
import type { Problem } from '../form-problem.ts';

/** The field of one limit in the scene's form. */
export type LimitField = `limit:${MeasuredReason}`;

/** The limits as their fields hold them, as text. */
export type LimitsDraft = { readonly [Field in LimitField]: string };

export function limitField(reason: MeasuredReason): LimitField {
  return `limit:${reason}`;
}

/** Shares are shown in percent, everything else as it is kept. */
function factorOf(reason: MeasuredReason): number {
  return QUALITY_LIMITS[reason].unit === 'share' ? 100 : 1;
}

/** A limit as people write it. */
export function limitText(reason: MeasuredReason, value: number): string {
  return String(Number((value * factorOf(reason)).toFixed(3)));
}

export function limitsDraft(limits: QualityLimits = {}): LimitsDraft {
  const entries = MEASURED_REASONS.map((reason) => [
    limitField(reason),
    limitText(reason, limits[reason] ?? QUALITY_LIMITS[reason].limit),
  ]);
  return Object.fromEntries(entries) as LimitsDraft;
}

/** The fields of limits that are back where they come from. */
export function limitsAsTheyCome(): LimitsDraft {
  return limitsDraft();
}

/**
 * Reads the fields: only limits that differ from those that come with the program are kept, so that a later version's
 * better ones take effect everywhere else.
 */
export function parseLimits<Draft extends LimitsDraft>(draft: Draft) {
  const changed: Partial<Record<MeasuredReason, number>> = {};
  const limitProblems: Partial<Record<LimitField, Problem>> = {};
  const rest: Record<string, unknown> = { ...draft };
  for (const reason of MEASURED_REASONS) {
    const field = limitField(reason);
    delete rest[field];
    const { min, max, limit } = QUALITY_LIMITS[reason];
    const text = draft[field].trim();
    if (text === limitText(reason, limit)) continue;
    const value = /^\d{1,3}(\.\d{1,3})?$/.test(text) ? Number(text) / factorOf(reason) : Number.NaN;
    if (value >= min && value <= max) changed[reason] = Number(value.toFixed(5));
    else limitProblems[field] = { key: 'scene.limits.problem', values: rangeOf(reason) };
  }
  const limits = Object.keys(changed).length > 0 ? { qualityLimits: changed } : {};
  return { limits, limitProblems, rest };
}

/** The ends of a limit's range, as people write them. */
export function rangeOf(reason: MeasuredReason): { readonly min: string; readonly max: string } {
  const { min, max } = QUALITY_LIMITS[reason];
  return { min: limitText(reason, min), max: limitText(reason, max) };
}
