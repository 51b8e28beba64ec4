import { failure, type Failure } from '../reasons.ts';
import { err, ok, type Result } from '../result.ts';
import { MRZ_FORMATS } from './machine-readable-zone.ts';
import { FILLER, MRZ_ALPHABET } from './mrz-characters.ts';
import { MRZ_LAYOUTS, type MrzLayout } from './mrz-layout.ts';

export interface NormalisedZone {
  readonly layout: MrzLayout;
  readonly lines: readonly string[];
}

/** More than any reader sends; what is longer is refused unread. */
const MAX_CHARACTERS = 500;

/**
 * The lines of a zone in its own alphabet and of equal length: control characters are dropped, `_`, spaces and the
 * signs that readers take fillers for become fillers, lower case becomes upper case. A whole zone in one line is cut.
 * The detail of a failure says what is wrong by line and column, never which character.
 */
export function normaliseZone(raw: readonly string[]): Result<NormalisedZone, Failure> {
  if (raw.reduce((sum, line) => sum + line.length, 0) > MAX_CHARACTERS) return malformed('more text than a zone has');
  const read = raw.flatMap((line) => line.split(/[\r\n]+/)).map(withoutControls);
  const lines = wholeInOne(read.filter((line) => line.trim() !== ''));
  const layout = layoutFor(lines);
  if (!layout) return malformed(sizeProblem(lines));
  const filled = lines.map((line) => columnsOf(line, layout.columns)!);
  const strange = strangerIn(filled);
  if (strange) return malformed(`line ${strange.line} column ${strange.column}: not a character of a zone`);
  return ok({ layout, lines: withNamesFilled(filled, layout) });
}

function withoutControls(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\ufeff]/g, '');
}

function wholeInOne(lines: readonly string[]): readonly string[] {
  const [only] = lines;
  if (lines.length !== 1 || only === undefined) return lines;
  const text = columnsOf(only, only.length) ?? only;
  const layout = MRZ_FORMATS.map((format) => MRZ_LAYOUTS[format]).find(
    (each) => each.lines * each.columns === text.length,
  );
  if (!layout) return lines;
  return Array.from({ length: layout.lines }, (_, line) =>
    text.slice(line * layout.columns, (line + 1) * layout.columns),
  );
}

function layoutFor(lines: readonly string[]): MrzLayout | undefined {
  return MRZ_FORMATS.map((format) => MRZ_LAYOUTS[format]).find(
    (layout) => layout.lines === lines.length && lines.every((line) => columnsOf(line, layout.columns) !== null),
  );
}

/** A line with exactly so many columns, or null: what stands around it is spaces, and a guillemet may be two fillers. */
function columnsOf(line: string, columns: number): string | null {
  const readings = [line, line.trim()].flatMap((text) => [text.replace(/[«《]/g, '<<'), text.replace(/[«《]/g, '<')]);
  const fitting = readings.find((text) => text.length === columns);
  if (fitting === undefined) return null;
  return fitting.replace(/[_\s‹〈＜]/g, FILLER).replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function sizeProblem(lines: readonly string[]): string {
  if (lines.length === 0) return 'no lines';
  const wanted = lines.length === 3 ? '30' : lines.length === 2 ? '36 or 44' : null;
  const lengths = lines.slice(0, 4).map((line) => String(line.length));
  if (wanted === null) return `${lines.length} lines, of ${lengths.join(', ')} characters; a zone has 2 or 3`;
  return `${lines.length} lines of ${lengths.join(' and ')} characters; each has ${wanted}`;
}

function strangerIn(lines: readonly string[]): { readonly line: number; readonly column: number } | null {
  for (const [at, line] of lines.entries()) {
    const column = [...line].findIndex((character) => !MRZ_ALPHABET.includes(character));
    if (column >= 0) return { line: at + 1, column: column + 1 };
  }
  return null;
}

/**
 * Readers take fillers for `K`. Behind three fillers a name is over, and what goes on to the end as nothing but fillers
 * and at least three `K` after a filler is none either; any other `K` may be a letter.
 */
function withNamesFilled(lines: readonly string[], { names }: MrzLayout): readonly string[] {
  return lines.map((line, at) => {
    if (at !== names.line) return line;
    const field = line
      .slice(names.column)
      .replace(/<<<[K<]*$/, fillersFor)
      .replace(/<KKK[K<]*$/, fillersFor);
    return line.slice(0, names.column) + field;
  });
}

function fillersFor(text: string): string {
  return FILLER.repeat(text.length);
}

function malformed(detail: string): Result<never, Failure> {
  return err(failure('mrz.malformed', detail));
}
