import type { Frame } from '../../frame.ts';
import type { TextEngine } from '../contract.ts';
import { quadOf } from './front-layout.ts';
import { placedLines, type PlacedCharacter, type PlacedLine } from './placed-text.ts';

/** Room around the characters of the second look, in heights of the line: another crop than the detector's. */
const MARGIN = { across: 0.1, down: -0.06 } as const;

/**
 * Reads lines once more, cut out a little differently. A character is as sure as the less sure of both looks; one that
 * the second look doesn't give at all, or a line with another number of characters, isn't sure. Rare characters that
 * were taken for a similar one, and those that were passed over, seldom come out the same twice.
 */
export async function seenTwice(
  lines: readonly PlacedLine[],
  card: Frame,
  engine: TextEngine,
): Promise<readonly PlacedLine[]> {
  const seen: PlacedLine[] = [];
  for (const line of lines) {
    if (line.some(({ text }) => text === '')) {
      seen.push(line);
      continue;
    }
    seen.push(lessSure(line, await lookAgain(line, card, engine)));
  }
  return seen;
}

async function lookAgain(line: PlacedLine, card: Frame, engine: TextEngine): Promise<PlacedLine> {
  const [first, last] = [line[0]!, line.at(-1)!];
  const height = first.height * card.height;
  const middle = ((first.y + last.y) / 2) * card.height;
  const half = (0.5 + MARGIN.down) * height;
  const quad = quadOf(
    (first.x - first.width / 2) * card.width - MARGIN.across * height,
    middle - half,
    (last.x + last.width / 2) * card.width + MARGIN.across * height,
    middle + half,
  );
  const [read] = await engine.recognise(card, [{ quad, score: 1 }]);
  return placedLines(read ? [read] : [], card)[0] ?? [];
}

/** The first look with the confidence that both have in it. */
export function lessSure(first: PlacedLine, second: PlacedLine): PlacedLine {
  const sameLength = first.length === second.length;
  return first.map((character, at) => {
    const again = sameLength ? confidenceIn(character.text, second[at]!) : 0;
    return { ...character, confidence: Math.min(character.confidence, again) };
  });
}

function confidenceIn(text: string, { text: read, confidence, others }: PlacedCharacter): number {
  return read === text ? confidence : (others.find((other) => other.text === text)?.confidence ?? 0);
}
