import type { Seeded } from '../../liveness/seeded.ts';
import { strokedDigits } from './digit-shapes.ts';
import type { BankCardSpecimen } from './specimen.ts';

export interface Ink {
  readonly colour: string;
  /** Whether the ground is dark. */
  readonly dark: boolean;
}

/** Where and how large a row of digits stands, in pixels: `y` is the lower edge of the digits. */
interface Row {
  readonly x: number;
  readonly y: number;
  readonly pitch: number;
  readonly height: number;
}

type Hand = (text: string, row: Row, colour: string) => string;

const FAMILIES = [
  'OCR B',
  'DejaVu Sans Mono',
  'DejaVu Sans',
  'Nimbus Sans',
  'Nimbus Mono PS',
  'Noto Sans CJK SC',
  'Nimbus Sans Narrow',
  'URW Gothic',
];

/** A hand that sets digits in a font, each in the middle of its place; capital digits are 0.72 em high. */
function printedIn(family: string, bold: boolean): Hand {
  return (text, { x, y, pitch, height }, colour) => {
    const digits = [...text].map((digit, at) =>
      digit === ' ' ? '' : `<text x="${x + (at + 0.5) * pitch}" y="${y}" text-anchor="middle">${digit}</text>`,
    );
    return `<g font-family="${family},sans-serif" font-size="${height / 0.72}" font-weight="${bold ? 'bold' : 'normal'}" fill="${colour}">${digits.join('')}</g>`;
  };
}

/** A hand that draws strokes; its digits never touch each other. */
function strokedWith(stroke: number): Hand {
  return (text, { x, y, pitch, height: wanted }, colour) => {
    const height = Math.min(wanted, 1.18 * pitch);
    const row = { x: x + (pitch - 0.62 * height) / 2, y: y - height, pitch, height, stroke: stroke * height };
    return strokedDigits(text, row, colour);
  };
}

/** The card's number as SVG: white where it is raised, otherwise in the ink; `small` is never raised. */
export function numberOf(
  specimen: BankCardSpecimen,
  draw: Seeded,
  ink: Ink,
): { readonly digits: string; readonly small: string } {
  const { embossed, printed, layout } = specimen;
  const hand = embossed
    ? strokedWith(draw.between(0.12, 0.16))
    : draw.chance(0.25)
      ? strokedWith(draw.between(0.1, 0.14))
      : printedIn(draw.pick(FAMILIES), draw.chance(0.35));
  const colour = embossed ? '#ffffff' : ink.colour;
  if (layout === 'portrait-rows') return { digits: inRows(printed, draw, hand, colour), small: '' };
  const row = rowFor(specimen, draw);
  const [dx, dy] = [1.5, 2];
  const shaded = !embossed && draw.chance(0.25);
  const shade = shaded ? hand(printed, { ...row, x: row.x + dx, y: row.y + dy }, ink.dark ? '#000000' : '#ffffff') : '';
  const small = layout === 'classic' && draw.chance(0.4) ? firstDigits(specimen, row, ink) : '';
  return { digits: shade + hand(printed, row, colour), small };
}

/** The first four digits once more, small and flat below the first group, as many raised numbers have them. */
function firstDigits({ number }: BankCardSpecimen, { x, y }: Row, ink: Ink): string {
  return printedIn('Nimbus Sans', false)(
    number.slice(0, 4),
    { x: x + 8, y: y + 26, pitch: 14, height: 15 },
    ink.colour,
  );
}

function inRows(printed: string, draw: Seeded, hand: Hand, colour: string): string {
  const height = draw.between(40, 52);
  const pitch = height * draw.between(0.95, 1.15);
  const x = draw.between(60, 380 - pitch);
  return printed
    .split(' ')
    .flatMap((group) => (group.length > 6 ? [group.slice(0, 7), group.slice(7)] : [group]))
    .map((group, at) => hand(group, { x, y: 480 + at * height * 1.5, pitch, height }, colour))
    .join('');
}

function rowFor({ layout, printed, embossed }: BankCardSpecimen, draw: Seeded): Row {
  const places = printed.length;
  const within = (most: number, pitch: number): number => Math.min(pitch, most / places);
  switch (layout) {
    case 'classic': {
      const pitch = within(900, embossed ? draw.between(41, 44) : draw.between(32, 46));
      const height = embossed ? Math.min(51, pitch * 1.2) : Math.min(54, pitch * draw.between(1, 1.25));
      return { x: draw.between(50, Math.max(51, 960 - pitch * places)), y: draw.between(370, 410), pitch, height };
    }
    case 'low': {
      const pitch = within(860, draw.between(24, 38));
      return { x: draw.between(50, 100), y: draw.between(500, 540), pitch, height: pitch * draw.between(1.05, 1.3) };
    }
    case 'back': {
      const pitch = within(620, draw.between(17, 26));
      return { x: draw.between(60, 90), y: draw.between(380, 430), pitch, height: pitch * draw.between(1.1, 1.35) };
    }
    default: {
      const pitch = within(540, draw.between(24, 30));
      return { x: draw.between(40, 60), y: draw.between(560, 720), pitch, height: pitch * draw.between(1.1, 1.35) };
    }
  }
}

const CAPTIONS = ['VALID THRU', 'VALID THRU', 'GOOD THRU', '有效期至', 'MONTH/YEAR VALID THRU'];

/** The expiry, sometimes after the month of issue: the dates, which may be raised, and their captions, which never are. */
export function expiryOf(
  specimen: BankCardSpecimen,
  draw: Seeded,
  ink: Ink,
): { readonly dates: string; readonly captions: string } {
  const { expiry, layout, embossed } = specimen;
  if (expiry === null) return { dates: '', captions: '' };
  const printed = `${expiry.slice(5)}/${expiry.slice(2, 4)}`;
  const [x, y] = placeOfExpiry(layout, draw);
  const earlier = layout !== 'portrait-line' && layout !== 'back' && draw.chance(0.3);
  const issued = `${printed.slice(0, 2)}/${String(Number(printed.slice(3)) - 5).padStart(2, '0')}`;
  const colour = embossed ? '#ffffff' : ink.colour;
  const date = (text: string, left: number): string =>
    `<text x="${left}" y="${y}" font-family="${embossed ? 'Nimbus Sans' : 'OCR B'},sans-serif" font-size="36" letter-spacing="2" font-weight="${embossed ? 'bold' : 'normal'}" fill="${colour}">${text}</text>`;
  const caption = (text: string, left: number): string =>
    `<text x="${left}" y="${y - 34}" font-family="Noto Sans CJK SC,sans-serif" font-size="16" fill="${ink.colour}">${text}</text>`;
  return {
    dates: (earlier ? date(issued, x - 210) : '') + date(printed, x),
    captions: (earlier ? caption('VALID FROM', x - 210) : '') + caption(draw.pick(CAPTIONS), x),
  };
}

function placeOfExpiry(layout: BankCardSpecimen['layout'], draw: Seeded): readonly [x: number, y: number] {
  if (layout === 'classic') return [draw.between(420, 520), draw.between(470, 500)];
  if (layout === 'low') return [draw.between(420, 520), 570];
  if (layout === 'back') return [draw.between(60, 400), draw.between(470, 490)];
  return [60, 800];
}
