/** `#rrggbb`. */
export type HexColour = string;

function channels(colour: HexColour): readonly [number, number, number] {
  const part = (at: number): number => parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

/** Relative luminance of an sRGB colour, 0 (black) to 1 (white); WCAG 2.2, "relative luminance". */
export function luminance(colour: HexColour): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours, 1 to 21; WCAG 2.2 asks for 4.5 for text and for 3 for large text and signs. */
export function contrast(one: HexColour, other: HexColour): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Between two colours, channel by channel; `share` 0 is the first, 1 the second. */
export function mixed(from: HexColour, to: HexColour, share: number): HexColour {
  const ends = channels(to);
  const parts = channels(from).map((value, at) => Math.round(value + ((ends[at] ?? 0) - value) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
