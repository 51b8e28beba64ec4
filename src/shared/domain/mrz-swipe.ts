import { failure, type Failure } from '../reasons.ts';
import { err, type Result } from '../result.ts';
import { MRZ_FORMATS, type MachineReadableZone } from './machine-readable-zone.ts';
import { MRZ_LAYOUTS } from './mrz-layout.ts';
import { parseZone } from './mrz-parse.ts';

/**
 * The zone of a swipe, which can be repeated at once: so a check digit that disagrees fails with `mrz.check-digit`, and
 * the detail names the fields. Other failures are those of `parseZone`.
 */
export function swipedZone(lines: readonly string[], today: string): Result<MachineReadableZone, Failure> {
  const zone = parseZone(lines, today);
  if (!zone.ok || zone.value.failedChecks.length === 0) return zone;
  return err(failure('mrz.check-digit', zone.value.failedChecks.join(', ')));
}

/** Whether lines are as many and as long as those of a format. */
export function isWholeZone(lines: readonly string[]): boolean {
  return MRZ_FORMATS.some((format) => {
    const layout = MRZ_LAYOUTS[format];
    return lines.length === layout.lines && lines.every((line) => line.length === layout.columns);
  });
}
