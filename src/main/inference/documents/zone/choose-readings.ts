import type { MachineReadableZone } from '../../../../shared/domain/machine-readable-zone.ts';
import { parseZone } from '../../../../shared/domain/mrz-parse.ts';
import type { Failure } from '../../../../shared/reasons.ts';
import type { Result } from '../../../../shared/result.ts';
import type { ReadCell } from './read-cell.ts';

/** A second reading has to be as likely as this itself before a check digit may speak for it. */
const LIKELY = 0.15;
const MOST_DOUBTFUL = 6;

/**
 * The zone of the most likely readings. Where check digits disagree, one character (or two) may be read as the second
 * likeliest instead, if that is likely by itself, and if of all such ways exactly one makes every check digit agree; the
 * change is listed in `repairs`. Otherwise the fields stay as they were read, in `failedChecks`.
 */
export function zoneOfReadings(
  rows: readonly (readonly ReadCell[])[],
  today: string,
): Result<MachineReadableZone, Failure> {
  const lines = rows.map((cells) => cells.map(({ text }) => text).join(''));
  const first = parseZone(lines, today);
  if (!first.ok || first.value.failedChecks.length === 0) return first;
  const agreeing = waysToRead(rows).flatMap((way) => {
    const zone = parseZone(withReadings(lines, way), today);
    const agrees = zone.ok && zone.value.failedChecks.length === 0;
    return agrees ? [{ ...zone.value, repairs: [...way, ...zone.value.repairs] }] : [];
  });
  const [only] = agreeing;
  return agreeing.length === 1 && only ? { ok: true, value: only } : first;
}

type Reading = MachineReadableZone['repairs'][number];

/** Every one and every two of the doubtful characters in their second reading. */
function waysToRead(rows: readonly (readonly ReadCell[])[]): readonly (readonly Reading[])[] {
  const doubtful = rows
    .flatMap((cells, line) =>
      cells.flatMap((cell, column) =>
        cell.others
          .filter(({ confidence }) => confidence >= LIKELY)
          .map(({ text, confidence }) => ({
            line: line + 1,
            column: column + 1,
            from: cell.text,
            to: text,
            confidence,
          })),
      ),
    )
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, MOST_DOUBTFUL)
    .map(({ line, column, from, to }) => ({ line, column, from, to }));
  const pairs = doubtful.flatMap((a, at) =>
    doubtful.slice(at + 1).flatMap((b) => (a.line === b.line && a.column === b.column ? [] : [[a, b]])),
  );
  return [...doubtful.map((one) => [one]), ...pairs];
}

function withReadings(lines: readonly string[], way: readonly Reading[]): readonly string[] {
  return lines.map((text, at) => {
    const characters = [...text];
    for (const { line, column, to } of way) if (line === at + 1) characters[column - 1] = to;
    return characters.join('');
  });
}
