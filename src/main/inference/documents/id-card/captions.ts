import { middleOf, type PlacedCharacter, type PlacedLine } from './placed-text.ts';

/** The captions of both sides. */
export const CAPTIONS = {
  name: '姓名',
  sex: '性别',
  nation: '民族',
  birthDate: '出生',
  address: '住址',
  number: '公民身份号码',
  issuer: '签发机关',
  validity: '有效期限',
} as const;
export type Caption = keyof typeof CAPTIONS;
export const FRONT_CAPTIONS = ['name', 'sex', 'nation', 'birthDate', 'address', 'number'] as const;
export const BACK_CAPTIONS = ['issuer', 'validity'] as const;

/** Where a caption was read. */
export interface FoundCaption {
  readonly caption: Caption;
  readonly characters: readonly PlacedCharacter[];
  /** Its left and right edge and its middle, 0..1 of the card. */
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

/** The left column of the front ends here; only what stands in it can be one of its captions. */
const LEFT_COLUMN = 0.2;
/** Where the caption of the nation begins and ends. */
const NATION_COLUMN = [0.24, 0.46] as const;
/** A caption in one line with its value is followed by it; a value can't hold a caption further on than this. */
const LATEST_START = 0.55;

/**
 * The captions that lines hold, wholly or but for a character that was read as another one: the left one of the two
 * characters of a short caption, or two of six, may be wrong when it stands where the caption belongs.
 *
 * @param where `anywhere` takes whole captions at any place.
 */
export function findCaptions(
  lines: readonly PlacedLine[],
  wanted: readonly Caption[],
  where: 'in-place' | 'anywhere' = 'in-place',
): Map<Caption, FoundCaption> {
  const found = new Map<Caption, FoundCaption>();
  for (const caption of wanted) {
    let best: { readonly characters: PlacedLine; readonly matches: number } | null = null;
    for (const line of lines) {
      const match = matchIn(line, caption, where);
      if (match && match.matches > (best?.matches ?? 0)) best = match;
    }
    if (best) found.set(caption, captionAt(caption, best.characters));
  }
  return found;
}

function captionAt(caption: Caption, characters: PlacedLine): FoundCaption {
  return {
    caption,
    characters,
    left: Math.min(...characters.map(({ x, width }) => x - width / 2)),
    right: Math.max(...characters.map(({ x, width }) => x + width / 2)),
    y: middleOf(characters),
  };
}

function matchIn(
  line: PlacedLine,
  caption: Caption,
  where: 'in-place' | 'anywhere',
): { readonly characters: PlacedLine; readonly matches: number } | null {
  const wanted = [...CAPTIONS[caption]];
  let best: { readonly characters: PlacedLine; readonly matches: number } | null = null;
  for (let start = 0; start < line.length; start++) {
    const window = line.slice(start, start + wanted.length);
    if (where === 'in-place' && (window[0]!.x > LATEST_START || !inColumn(window, caption))) continue;
    const matches = window.filter((character, i) => mayBe(character, wanted[i]!)).length;
    if (
      matches >= (where === 'anywhere' ? wanted.length : leastMatches(wanted.length)) &&
      matches > (best?.matches ?? 0)
    )
      best = { characters: window, matches };
  }
  return best;
}

function leastMatches(length: number): number {
  return length <= 2 ? 1 : length - 2;
}

function inColumn(window: PlacedLine, caption: Caption): boolean {
  const last = window.at(-1)!.x;
  switch (caption) {
    case 'name':
    case 'sex':
    case 'birthDate':
    case 'address':
      return last < LEFT_COLUMN;
    case 'nation':
      return window[0]!.x > NATION_COLUMN[0] && last < NATION_COLUMN[1];
    case 'number':
    case 'issuer':
    case 'validity':
      return true;
  }
}

/** Whether a character is, or was also taken for, `text`. */
export function mayBe(character: PlacedCharacter, text: string): boolean {
  return character.text === text || character.others.some((other) => other.text === text);
}
