import type { LineBounds } from './line-ink.ts';
import type { PlacedCharacter, PlacedLine } from './placed-text.ts';

/** A place in a line where a character stands that was not read. */
export interface Gap {
  /** Index of the character behind it. */
  readonly before: number;
  /** Its left and right edge, 0..1 of the card's width. */
  readonly from: number;
  readonly to: number;
}

/** Digits and Latin letters take about this much of the width of a Chinese character. */
const NARROW = 0.56;
/** Free room of more than this much of a character's width is one that was overlooked. */
const LEAST_GAP = 0.62;
/** At a line's ends the region reaches over the text by a little. */
const LEAST_END = 0.7;
/** More room than this before a value is that of its caption in the same line. */
const MOST_LEAD = 1.5;
/** Chinese characters in a row tell the width of one better than the line's height does. */
const LEAST_PAIRS = 3;

/**
 * The gaps in a line that is set without spaces. The recogniser knows some thousand characters; it passes over a rare
 * one without a trace but the room that it takes.
 *
 * @param printed where print goes on before and behind what was read; the detector's region may end too early.
 */
export function gapsIn(line: PlacedLine, printed: LineBounds | null = null): Gap[] {
  if (line.length === 0) return [];
  const em = pitchOf(line);
  const half = (character: PlacedCharacter): number => (isNarrow(character) ? NARROW / 2 : 0.5) * em;
  const gaps: Gap[] = [];
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1]!.x + half(line[i - 1]!);
    const to = line[i]!.x - half(line[i]!);
    if (to - from > LEAST_GAP * em) gaps.push({ before: i, from, to });
  }
  const begin = line[0]!.x - half(line[0]!);
  const lead = begin - line[0]!.lineFrom;
  const inRegion = lead > LEAST_END * em && lead < MOST_LEAD * em ? line[0]!.lineFrom : begin;
  const from = Math.min(inRegion, printed?.from ?? begin);
  if (begin - from > LEAST_END * em) gaps.unshift({ before: 0, from, to: begin });
  const last = line.at(-1)!;
  const end = last.x + half(last);
  const to = Math.max(last.lineTo, printed?.to ?? end);
  if (to - end > LEAST_END * em) gaps.push({ before: line.length, from: end, to });
  return gaps;
}

/** The width of a Chinese character of a line, 0..1 of the card's. */
export function pitchOf(line: PlacedLine): number {
  const steps = line.flatMap((character, i) => {
    const next = line[i + 1];
    return next && !isNarrow(character) && !isNarrow(next) ? [next.x - character.x] : [];
  });
  const byHeight = 0.9 * Math.max(...line.map(({ width, text }) => (/[!-~]/.test(text) ? 0 : width)), line[0]!.width);
  if (steps.length < LEAST_PAIRS) return byHeight;
  return steps.toSorted((a, b) => a - b)[steps.length >> 1]!;
}

function isNarrow({ text }: PlacedCharacter): boolean {
  return /^[!-~·]$/.test(text);
}
