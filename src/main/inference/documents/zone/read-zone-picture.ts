import type { MachineReadableZone } from '../../../../shared/domain/machine-readable-zone.ts';
import { MRZ_LAYOUTS } from '../../../../shared/domain/mrz-layout.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import type { Frame } from '../../frame.ts';
import type { Point, Quad, TextEngine } from '../contract.ts';
import { turned } from '../outline/rectify-card.ts';
import { zoneOfReadings } from './choose-readings.ts';
import { allowedAt, isChecked } from './column-kinds.ts';
import { alignedRow } from './align-row.ts';
import { characterShapes, NORMAL_PICTURE, type CharacterShape } from './character-shapes.ts';
import { greyOf, type GreyPicture } from './grey-picture.ts';
import type { ReadCell } from './read-cell.ts';
import { fittingCharacter, readCells } from './read-cells.ts';
import { findSecondLine, rowsAround, zoneIsAbove, type FoundSecondLine } from './find-zone.ts';
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
/** A character that no check digit vouches for must be as probable as this among all that can stand there. */
const LEAST_UNCHECKED = 0.9;

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
    const likely = !zoneIsAbove(longRows(regions), regions);
    for (const sense of [likely, !likely]) {
      const rows = longRows(regions, sense);
      // Text that stands is found badly, so the picture is turned for it.
      if (rows[0] && stands(rows[0])) break;
      const second = await findSecondLine(upright, engine, rows);
      if (!second) continue;
      const read = readAround(upright, second, today);
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

function readAround(
  picture: Frame,
  second: FoundSecondLine,
  today: string,
): Result<Omit<ZonePicture, 'quarterTurns'>, Failure> {
  const { columns } = MRZ_LAYOUTS[second.format];
  const grey = greyOf(picture);
  const { rows, shapes } = placedRows(grey, second);
  const complete: ReadCell[][] = [];
  for (const [line, row] of rows.entries()) {
    const cells = readCells(grey, row, shapes, allowedIn(second, line));
    if (cells.some((cell, column) => !isReadable(cell, isChecked(second.format, line, column))))
      return unreadable(line);
    complete.push(cells.map((cell) => cell!));
  }
  const zone = zoneOfReadings(complete, today);
  if (!zone.ok) return zone;
  return ok({
    zone: zone.value,
    quad: quadAround(rows, columns),
    confidence: Math.min(...complete.flat().map(({ confidence }) => confidence)),
  });
}

/** Names, states and sex have no check digit, so that only the picture speaks for them. */
function isReadable(cell: ReadCell | null, checked: boolean): boolean {
  return cell !== null && (checked || cell.confidence >= LEAST_UNCHECKED);
}

/** The lines with their columns where the characters lie, and what characters look like there. */
function placedRows(
  grey: GreyPicture,
  second: FoundSecondLine,
): { readonly rows: readonly ZoneRow[]; readonly shapes: readonly CharacterShape[] } {
  const { columns } = MRZ_LAYOUTS[second.format];
  const usual = characterShapes(NORMAL_PICTURE);
  const rows = rowsAround(second).map(({ row, grid }) => alignedRow(grey, followed(grey, row, grid, columns), usual));
  return { rows, shapes: characterShapes(fittingCharacter(grey, rows)) };
}

function allowedIn({ format }: FoundSecondLine, line: number): readonly ReadonlySet<string>[] {
  return Array.from({ length: MRZ_LAYOUTS[format].columns }, (_, column) => allowedAt(format, line, column));
}

function quadAround(rows: readonly ZoneRow[], columns: number): Quad {
  const upper = stripOf(rows[0]!, 0, columns - 1, 0);
  const lower = stripOf(rows.at(-1)!, 0, columns - 1, 0);
  return [upper[0], upper[1], lower[2], lower[3]];
}

function unreadable(line: number): Result<never, Failure> {
  return err(failure('mrz.malformed', `characters of line ${line + 1} could not be read`));
}
