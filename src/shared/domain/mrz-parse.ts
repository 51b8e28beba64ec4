import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import type { MachineReadableZone } from './machine-readable-zone.ts';
import { FILLER, withoutFillers } from './mrz-characters.ts';
import { checkAgrees, longNumberOf } from './mrz-checks.ts';
import { birthDateOf, expiryDateOf } from './mrz-dates.ts';
import { spanText, type MrzLayout, type MrzSpan } from './mrz-layout.ts';
import { namesOf } from './mrz-names.ts';
import { normaliseZone } from './mrz-normalise.ts';
import { repairZone } from './mrz-repair.ts';

/**
 * Reads the machine-readable zone of a passport (TD3), an old booklet or large card (TD2) or a card (TD1) after
 * Doc 9303 parts 3 to 6.
 *
 * A check digit that disagrees is no failure: the field is in `failedChecks` with its text as it was read, and whoever
 * asked decides (`mrz.check-digit`). `mrz.malformed`: not two or three lines of a zone's length, or characters where
 * they can't stand and no check digit vouches for them. `document.wrong-kind`: a visa (Doc 9303 part 7).
 *
 * @param lines as a reader sent them: fillers may be spaces or `_`, letters small, control characters among them.
 * @param today local calendar day, `YYYY-MM-DD`, to which the centuries of dates are chosen.
 */
export function parseZone(lines: readonly string[], today: string): Result<MachineReadableZone, Failure> {
  const normalised = normaliseZone(lines);
  if (!normalised.ok) return normalised;
  const { layout } = normalised.value;
  if (normalised.value.lines[0]!.startsWith('V')) return err(failure('document.wrong-kind', 'a visa'));
  const problem = problemIn(normalised.value.lines, layout);
  if (problem) return err(failure('mrz.malformed', problem));
  const repaired = repairZone(normalised.value.lines, layout);
  return ok(zoneOf(repaired.lines, layout, repaired.repairs, today));
}

function zoneOf(
  lines: readonly string[],
  layout: MrzLayout,
  repairs: MachineReadableZone['repairs'],
  today: string,
): MachineReadableZone {
  const text = (span: MrzSpan): string => withoutFillers(spanText(lines, span));
  const long = longNumberOf(lines, layout);
  const optional = layout.optionalData.map(text);
  if (long) optional[0] = long.rest;
  const sex = spanText(lines, layout.sex);
  return {
    format: layout.format,
    lines,
    documentCode: text(layout.documentCode),
    issuingState: text(layout.issuingState),
    ...namesOf(spanText(lines, layout.names)),
    documentNumber: long ? long.number : text(layout.documentNumber),
    nationality: text(layout.nationality),
    birthDate: birthDateOf(spanText(lines, layout.birthDate), today),
    sex: sex === 'M' ? 'male' : sex === 'F' ? 'female' : 'unstated',
    expiryDate: expiryDateOf(spanText(lines, layout.expiryDate), today),
    optionalData: optional.map(withoutOuterFillers).filter(Boolean).join(' '),
    failedChecks: layout.checks.filter((check) => !checkAgrees(lines, layout, check)).map(({ field }) => field),
    repairs,
  };
}

function withoutOuterFillers(text: string): string {
  return withoutFillers(text).replace(/^<+/, '');
}

/** What can't be right in the fields that no check digit vouches for. */
function problemIn(lines: readonly string[], layout: MrzLayout): string | null {
  const isNot = (span: MrzSpan, form: RegExp): boolean => !form.test(spanText(lines, span));
  if (isNot(layout.documentCode, /^[A-Z][A-Z0-9<]$/)) return 'the document code has another form';
  if (isNot(layout.issuingState, STATE)) return 'the issuing state has another form';
  if (isNot(layout.nationality, STATE)) return 'the nationality has another form';
  if (isNot(layout.sex, /^[MFX<]$/)) return 'the sex has another form';
  if (isNot(layout.names, /^[A-Z<]+$/)) return 'digits in a name';
  if (isNot(layout.names, /[A-Z]/)) return 'no name';
  // No name has four of them; it can't be told which are fillers.
  if (spanText(lines, layout.names).includes('KKKK')) return `fillers of line ${layout.names.line + 1} read as letters`;
  return null;
}

/** Letters and then fillers; none at all where a document leaves the state open. */
const STATE = new RegExp(`^(?=.{3}$)[A-Z]*${FILLER}*$`);
