import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { Frame } from '../../frame.ts';
import type { ReadCharacter, ReadLine } from '../contract.ts';

/** A character of a line and where it stands on the card: 0..1 of its width and height. */
export interface PlacedCharacter extends ReadCharacter {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the line that it is in begins and ends. */
  readonly lineFrom: number;
  readonly lineTo: number;
}

/** A line as placed characters, without its spaces. */
export type PlacedLine = readonly PlacedCharacter[];

/** Lines that lean more than this are no print of the card: a watermark, or something behind it. About 11 degrees. */
const MOST_SLOPE = 0.2;
/** Latin letters and digits are about half as wide as they are high. */
const NARROW = 0.55;

/** The lines of an upright card, from top to bottom; leaning and empty ones left out. */
export function placedLines(lines: readonly ReadLine[], card: Pick<Frame, 'width' | 'height'>): PlacedLine[] {
  const placed: PlacedLine[] = [];
  for (const { region, characters } of lines) {
    const [a, b, c, d] = region.quad;
    if (Math.abs(b[1] - a[1]) > MOST_SLOPE * Math.abs(b[0] - a[0])) continue;
    const height = (Math.hypot(d[0] - a[0], d[1] - a[1]) + Math.hypot(c[0] - b[0], c[1] - b[1])) / 2;
    const line = characters.flatMap((character): PlacedCharacter[] => {
      const text = character.text.trim();
      if (text === '') return [];
      const along = (from: number, to: number): number => from + (to - from) * character.at;
      return [
        {
          ...character,
          text,
          x: (along(a[0], b[0]) + along(d[0], c[0])) / 2 / card.width,
          y: (along(a[1], b[1]) + along(d[1], c[1])) / 2 / card.height,
          width: (height * (/[!-~]/.test(text) ? NARROW : 1)) / card.width,
          height: height / card.height,
          lineFrom: (a[0] + d[0]) / 2 / card.width,
          lineTo: (b[0] + c[0]) / 2 / card.width,
        },
      ];
    });
    if (line.length > 0) placed.push(line);
  }
  return placed.sort((a, b) => middleOf(a) - middleOf(b));
}

/** Height of a line's middle on the card. */
export function middleOf(line: PlacedLine): number {
  return line.reduce((sum, { y }) => sum + y / line.length, 0);
}

/** The characters' texts in their order, with nothing between them. */
export function textOf(characters: PlacedLine): string {
  return characters.map(({ text }) => text).join('');
}

/** The box around characters; null around none. */
export function boxAround(characters: PlacedLine): CardBox | null {
  if (characters.length === 0) return null;
  const inside = (value: number): number => Math.max(0, Math.min(1, value));
  const left = inside(Math.min(...characters.map(({ x, width }) => x - width / 2)));
  const right = inside(Math.max(...characters.map(({ x, width }) => x + width / 2)));
  const top = inside(Math.min(...characters.map(({ y, height }) => y - height / 2)));
  const bottom = inside(Math.max(...characters.map(({ y, height }) => y + height / 2)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The least confidence among characters; 0 for none. */
export function leastConfidence(characters: readonly Pick<ReadCharacter, 'confidence'>[]): number {
  return characters.length === 0 ? 0 : Math.min(...characters.map(({ confidence }) => confidence));
}

/** Joins lines that stand one under the other, each from left to right. */
export function inReadingOrder(lines: readonly PlacedLine[]): PlacedCharacter[] {
  const rows: PlacedCharacter[][] = [];
  for (const line of [...lines].sort((a, b) => middleOf(a) - middleOf(b))) {
    const row = rows.at(-1);
    const near = row && Math.abs(middleOf(row) - middleOf(line)) < 0.5 * Math.max(row[0]!.height, line[0]!.height);
    if (near) row.push(...line);
    else rows.push([...line]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.x - b.x));
}
