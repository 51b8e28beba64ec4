import type { MachineReadableZone } from '../../../../shared/domain/machine-readable-zone.ts';
import { MRZ_LAYOUTS } from '../../../../shared/domain/mrz-layout.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { Frame } from '../../frame.ts';
import type { Point, Quad, TextEngine } from '../contract.ts';
import { turned } from '../outline/rectify-card.ts';
import { zoneOfReadings } from './choose-readings.ts';
import { allowedAt } from './column-kinds.ts';
import { fillersAmong, type Cell } from './filler-likeness.ts';
import { findSecondLine, rowsAround, type FoundSecondLine } from './find-zone.ts';
import { driftedGrid, readAgain, readRow, type ReadCell } from './row-reading.ts';
import { followed, stripOf, type ZoneRow } from './row-shape.ts';
import { longRows, type TextRow } from './text-rows.ts';

/** A zone that was read from a picture. */
export interface ZonePicture {
  readonly zone: MachineReadableZone;
  /** The zone's corners in the picture, beginning where its text begins. */
  readonly quad: Quad;
  /** Quarter turns clockwise that make the text upright: 0..3. */
  readonly quarterTurns: number;
  /** 0..1: the least confidence of its characters. */
  readonly confidence: number;
}

/** What the longer side of a picture is scaled to for the search. */
const LONG_SIDE = 960;
/** A line with more unread characters isn't read character by character. */
const MOST_UNREAD = 12;

/**
 * Reads the machine-readable zone in a picture: of a whole card or page, rectified or not, any side up, a little askew or
 * bent. Fails with `mrz.malformed` where no zone is found or some of its characters can't be read (the detail says which
 * line), and as `parseZone` does. Check digits that disagree are in the zone's `failedChecks`.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export async function readZonePicture(
  picture: Frame,
  engine: TextEngine,
  today: string,
): Promise<Result<ZonePicture, Failure>> {
  for (const turn of [0, 1] as const) {
    const upright = turned(picture, turn);
    const regions = await engine.detect(upright, { longSide: LONG_SIDE });
    for (const sense of [true, false]) {
      const rows = longRows(regions, sense);
      // Text that stands is found badly, so the picture is turned for it.
      if (rows[0] && stands(rows[0])) break;
      const second = await findSecondLine(upright, engine, rows);
      if (!second) continue;
      const read = await readAround(upright, engine, second, today);
      if (!read.ok) return read;
      const quad = turn === 0 ? read.value.quad : turnedBack(read.value.quad, picture);
      return ok({ ...read.value, quad, quarterTurns: turn + (sense ? 0 : 2) });
    }
  }
  return err(failure('mrz.malformed', 'no zone was found'));
}

function stands({ start, end }: TextRow): boolean {
  return Math.abs(end[1] - start[1]) > Math.abs(end[0] - start[0]);
}

/** Corners in a picture, of those in the picture turned clockwise once. */
function turnedBack([a, b, c, d]: Quad, { height }: Frame): Quad {
  const back = ([x, y]: Point): Point => [y, height - x];
  return [back(a), back(b), back(c), back(d)];
}

async function readAround(
  picture: Frame,
  engine: TextEngine,
  second: FoundSecondLine,
  today: string,
): Promise<Result<Omit<ZonePicture, 'quarterTurns'>, Failure>> {
  const { columns } = MRZ_LAYOUTS[second.format];
  const rows: ZoneRow[] = [];
  const cells: (readonly (ReadCell | null)[])[] = [];
  for (const [line, { row, grid }] of rowsAround(second).entries()) {
    const allowed = allowedIn(second, line);
    let zoneRow = followed(picture, row, grid, columns);
    let read = await readRow(engine, picture, zoneRow, allowed);
    if (Math.abs(read.drift) > 0.2) {
      zoneRow = followed(picture, row, driftedGrid(grid, read.drift), columns);
      read = await readRow(engine, picture, zoneRow, allowed);
    }
    rows.push(zoneRow);
    cells.push(read.cells);
  }
  const filled = withFillers(picture, rows, cells);
  const complete: ReadCell[][] = [];
  for (const [line, row] of filled.entries()) {
    const unread = row.flatMap((cell, column) => (cell === null ? [column] : []));
    if (unread.length > MOST_UNREAD) return unreadable(line);
    const again = await readAgain(engine, picture, rows[line]!, unread, allowedIn(second, line));
    const whole = row.map((cell, column) => cell ?? again.get(column) ?? null);
    if (whole.includes(null)) return unreadable(line);
    complete.push(whole.map((cell) => cell!));
  }
  const zone = zoneOfReadings(complete, today);
  if (!zone.ok) return zone;
  return ok({
    zone: zone.value,
    quad: quadAround(rows, columns),
    confidence: Math.min(...complete.flat().map(({ confidence }) => confidence)),
  });
}

function allowedIn({ format }: FoundSecondLine, line: number): readonly ReadonlySet<string>[] {
  return Array.from({ length: MRZ_LAYOUTS[format].columns }, (_, column) => allowedAt(format, line, column));
}

/** Fillers where nothing was read, or doubtfully what fillers are mistaken for, but the picture shows one. */
function withFillers(
  picture: Frame,
  rows: readonly ZoneRow[],
  cells: readonly (readonly (ReadCell | null)[])[],
): readonly (readonly (ReadCell | null)[])[] {
  const where = (is: (cell: ReadCell | null) => boolean): readonly Cell[] =>
    cells.flatMap((row, line) => row.flatMap((cell, column) => (is(cell) ? [{ row: rows[line]!, column }] : [])));
  const doubtful = where((cell) => cell === null || (cell.confidence < SURE && MISTAKEN_FILLERS.has(cell.text)));
  const alike = fillersAmong(
    picture,
    doubtful,
    where((cell) => cell?.text === '<' && cell.confidence > 0.8),
  );
  const isFiller = (row: ZoneRow, column: number): boolean =>
    doubtful.some((cell, at) => cell.row === row && cell.column === column && alike[at]!);
  return cells.map((row, line) => row.map((cell, column) => (isFiller(rows[line]!, column) ? FILLER_BY_SHAPE : cell)));
}

/** What text models take fillers for, and from which confidence on it is what it was read as. */
const MISTAKEN_FILLERS = new Set(['K', 'C', 'L', '4', 'X']);
const SURE = 0.9;
const FILLER_BY_SHAPE: ReadCell = { text: '<', confidence: 0.7, others: [] };

function quadAround(rows: readonly ZoneRow[], columns: number): Quad {
  const upper = stripOf(rows[0]!, 0, columns - 1, 0);
  const lower = stripOf(rows.at(-1)!, 0, columns - 1, 0);
  return [upper[0], upper[1], lower[2], lower[3]];
}

function unreadable(line: number): Result<never, Failure> {
  return err(failure('mrz.malformed', `characters of line ${line + 1} could not be read`));
}
