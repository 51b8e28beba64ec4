import { contrast, mixed, type HexColour } from './contrast.ts';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The grounds of the windows; a test holds them against the style sheet. */
export const GROUNDS: Readonly<Record<Theme, readonly HexColour[]>> = {
  light: ['#faf8f4', '#ffffff', '#f1ede5'],
  dark: ['#171614', '#201f1c', '#24221f'],
};
/** WCAG 2.2, 1.4.3: text on its ground. */
export const TEXT_CONTRAST = 4.5;
const WHITE = '#ffffff';
const BLACK = '#000000';
/** How far the light accent is mixed with its ground for what lies under words of its own colour. */
const WASH_SHARE = { light: 0.86, dark: 0.74 } as const;
const DEEP_SHARE = 0.34;
const STEP = 0.02;

/** The four colours that an accent is made into for one theme. */
export interface BrandColours {
  readonly accent: HexColour;
  readonly accentDeep: HexColour;
  readonly accentWash: HexColour;
  readonly onAccent: HexColour;
}

/** The least contrast of an accent with what it stands on in a theme, and with the white written on it. */
export function leastContrast(accent: HexColour, theme: Theme): number {
  const grounds = theme === 'light' ? [...GROUNDS.light, WHITE] : GROUNDS.dark;
  return Math.min(...grounds.map((ground) => contrast(accent, ground)));
}

/** The colour mixed with `towards` just far enough to be `enough`. */
function mixedUntil(from: HexColour, towards: HexColour, enough: (colour: HexColour) => boolean): HexColour {
  for (let share = 0; share < 1; share += STEP) {
    const colour = mixed(from, towards, share);
    if (enough(colour)) return colour;
  }
  return towards;
}

/** The accent itself where it is legible in the light theme, else the nearest darker one that is. */
export function legibleAccent(accent: HexColour): HexColour {
  return mixedUntil(accent, BLACK, (colour) => leastContrast(colour, 'light') >= TEXT_CONTRAST);
}

/**
 * What an accent becomes in a theme. In the light one it stays as it is; in the dark one it is lightened until it can
 * be read. Its wash is made faint enough that accent and deep accent can be read on it.
 */
export function brandColours(chosen: HexColour, theme: Theme): BrandColours {
  const ground = GROUNDS[theme][0]!;
  const [away, towards] = theme === 'light' ? [BLACK, WHITE] : [WHITE, ground];
  const accent =
    theme === 'light' ? chosen : mixedUntil(chosen, WHITE, (colour) => leastContrast(colour, theme) >= TEXT_CONTRAST);
  const accentDeep = mixed(accent, away, DEEP_SHARE);
  const accentWash = mixedUntil(
    mixed(accent, towards, WASH_SHARE[theme]),
    towards,
    (colour) => contrast(accent, colour) >= 3 && contrast(accentDeep, colour) >= TEXT_CONTRAST,
  );
  const onAccent =
    theme === 'light'
      ? WHITE
      : mixedUntil(mixed(accent, BLACK, 0.8), BLACK, (colour) => contrast(colour, accent) >= TEXT_CONTRAST);
  return { accent, accentDeep, accentWash, onAccent };
}
