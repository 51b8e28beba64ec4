import type { MachineReadableZone } from './machine-readable-zone.ts';
import { checkAgrees, longNumberOf } from './mrz-checks.ts';
import { spanText, type MrzCheck, type MrzLayout, type MrzSpan } from './mrz-layout.ts';

export type MrzRepair = MachineReadableZone['repairs'][number];

/** Letters that readers take digits for. */
const DIGIT_FOR: ReadonlyMap<string, string> = new Map(
  ['O0', 'Q0', 'D0', 'I1', 'L1', 'Z2', 'S5', 'G6', 'B8'].map(([letter, digit]) => [letter!, digit!]),
);

/**
 * Changes letters where only digits can stand (dates, check digits) into the one digit that each is taken for, if the
 * check digit agrees then and not before.
 *
 * Document numbers and optional data are left as they were read: letters and digits can stand anywhere in them, one
 * check digit lets every tenth change pass, and the composite weighs a number as its own check digit does, so it
 * doesn't tell the right change from a wrong one.
 */
export function repairZone(
  lines: readonly string[],
  layout: MrzLayout,
): { readonly lines: readonly string[]; readonly repairs: readonly MrzRepair[] } {
  const made: MrzRepair[] = [];
  let current = lines;
  for (const check of layout.checks) {
    if (checkAgrees(current, layout, check)) continue;
    const repairs = digitPlaces(current, layout, check).flatMap((part) => digitsIn(current, part));
    const repaired = withRepairs(current, repairs);
    if (repairs.length === 0 || !checkAgrees(repaired, layout, check)) continue;
    made.push(...repairs);
    current = repaired;
  }
  return { lines: current, repairs: made };
}

/** Where of a check only digits can stand. */
function digitPlaces(lines: readonly string[], layout: MrzLayout, check: MrzCheck): readonly MrzSpan[] {
  if (check.kind === 'digits') return [...check.over, check.digit];
  return check.field === 'documentNumber' && longNumberOf(lines, layout) ? [] : [check.digit];
}

function digitsIn(lines: readonly string[], part: MrzSpan): readonly MrzRepair[] {
  return [...spanText(lines, part)].flatMap((from, at) => {
    const to = DIGIT_FOR.get(from);
    return to === undefined ? [] : [{ line: part.line + 1, column: part.column + at + 1, from, to }];
  });
}

function withRepairs(lines: readonly string[], repairs: readonly MrzRepair[]): readonly string[] {
  return lines.map((line, at) => {
    const characters = [...line];
    for (const repair of repairs) if (repair.line === at + 1) characters[repair.column - 1] = repair.to;
    return characters.join('');
  });
}
