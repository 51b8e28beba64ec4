import type { Frame } from '../../frame.ts';
import type { TextEngine } from '../contract.ts';
import { quadOf } from './front-layout.ts';
import { gapsIn, pitchOf, type Gap } from './gap.ts';
import { printedExtent, type LineBounds } from './line-ink.ts';
import { placedLines, type PlacedCharacter, type PlacedLine } from './placed-text.ts';

/** A character that was overlooked in its line is less certain than it looks alone. */
const ALONE = 0.8;
/** A guess that is less probable than this is left out. */
const LEAST_CONFIDENCE = 0.25;
/** Room around it that is cut out too, as a share of the line's height. */
const MARGIN = 0.12;

/**
 * Reads the gaps of lines by themselves. One in which nothing is read leaves a character without text and without
 * confidence, so that the field is unclear and never silently short.
 *
 * @param bounds where print behind what was read belongs to the value; null where none is looked for.
 */
export async function withGapsRead(
  lines: readonly PlacedLine[],
  card: Frame,
  engine: TextEngine,
  bounds: LineBounds | null = null,
): Promise<readonly PlacedLine[]> {
  const complete: PlacedLine[] = [];
  for (const line of lines) {
    const characters = [...line];
    const printed = line.length === 0 || !bounds ? null : printedExtent(card, line, pitchOf(line), bounds);
    for (const gap of gapsIn(line, printed).reverse()) {
      characters.splice(gap.before, 0, ...(await readGap(gap, line, card, engine)));
    }
    complete.push(characters);
  }
  return complete;
}

async function readGap(gap: Gap, line: PlacedLine, card: Frame, engine: TextEngine): Promise<PlacedLine> {
  const beside = line[Math.min(gap.before, line.length - 1)]!;
  const margin = MARGIN * beside.height * card.height;
  const quad = quadOf(
    gap.from * card.width - margin,
    (beside.y - beside.height / 2) * card.height,
    gap.to * card.width + margin,
    (beside.y + beside.height / 2) * card.height,
  );
  const [read] = await engine.recognise(card, [{ quad, score: 1 }]);
  const found = placedLines(read ? [read] : [], card)[0] ?? [];
  const room = Math.max(1, Math.round((gap.to - gap.from) / beside.width));
  // Before a line its caption may stand: what is read there is no part of the value, but somebody has to look.
  const fits = gap.before > 0 && found.length > 0 && found.length <= room;
  if (fits && found.every(({ confidence }) => confidence >= LEAST_CONFIDENCE)) {
    return found.map((character) => ({ ...character, confidence: ALONE * character.confidence }));
  }
  const unread: PlacedCharacter = { ...beside, text: '', confidence: 0, others: [], x: (gap.from + gap.to) / 2 };
  return [unread];
}
