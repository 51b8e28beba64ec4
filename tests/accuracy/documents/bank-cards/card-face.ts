import { seeded, type Seeded } from '../../liveness/seeded.ts';
import { contactPlate, groundOf, hologram, paletteFor, schemeMark, type Palette } from './artwork.ts';
import { expiryOf, numberOf, type Ink } from './number-print.ts';
import type { BankCardSpecimen } from './specimen.ts';

/** A card as drawn: what is printed, and what is raised (white on black) where something is. */
export interface CardFace {
  readonly width: number;
  readonly height: number;
  readonly printed: string;
  readonly raised: string | null;
  readonly palette: Palette;
}

const LONG = 1012;
const SHORT = 638;

/** The drawing of a specimen. Its texts say that it is one. */
export function faceOf(specimen: BankCardSpecimen): CardFace {
  const draw = seeded(specimen.seed, 'face');
  const palette = paletteFor(draw);
  const portrait = specimen.layout.startsWith('portrait');
  const [width, height] = portrait ? [SHORT, LONG] : [LONG, SHORT];
  const ink = inkFor(draw, palette);
  const { digits, small } = numberOf(specimen, draw, ink);
  const { dates, captions } = expiryOf(specimen, draw, ink);
  const holder = holderOf(specimen, draw, ink, height);
  const ground = groundOf(draw, palette, width, height);
  const furniture = specimen.layout === 'back' ? reverseOf(draw, ink) : frontOf(specimen, draw, ink, width);
  const notes = small + captions + marks(specimen, draw, ink, width, height);
  const raised = digits + dates + holder;
  return {
    width,
    height,
    palette,
    printed: svg(width, height, ground + furniture + notes + (specimen.embossed ? '' : raised)),
    raised: specimen.embossed ? svg(width, height, `<rect width="${width}" height="${height}"/>${raised}`) : null,
  };
}

/** Flat ink stands out from its ground; raised things are drawn white, as a mask. */
function inkFor(draw: Seeded, { dark }: Palette): Ink {
  const colours = dark ? ['#ffffff', '#f2f2ea', '#e9d9a0', '#dfe3e8'] : ['#101014', '#23262c', '#3a3226', '#14264a'];
  return { colour: draw.pick(colours), dark };
}

function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`;
}

/** One line of text. */
function line(text: string, x: number, y: number, size: number, colour: string, more = ''): string {
  return `<text x="${x}" y="${y}" font-family="Noto Sans CJK SC,DejaVu Sans,sans-serif" font-size="${size}" fill="${colour}" ${more}>${text}</text>`;
}

function frontOf(specimen: BankCardSpecimen, draw: Seeded, { colour }: Ink, width: number): string {
  const portrait = specimen.layout.startsWith('portrait');
  const gold = draw.chance(0.6);
  const plate = portrait ? contactPlate(draw.pick([60, 249]), 130, gold) : contactPlate(90, 180, gold);
  const bank =
    `<circle cx="76" cy="66" r="30" fill="none" stroke="${colour}" stroke-width="7"/>` +
    line(specimen.bank, 122, 82, portrait ? 34 : 44, colour, 'font-weight="bold"');
  const product = line(specimen.product, width - 40, portrait ? 240 : 84, 28, colour, 'text-anchor="end"');
  const mark = portrait
    ? schemeMark(specimen.number, width - 190, 890)
    : schemeMark(specimen.number, width - 200, specimen.layout === 'low' ? 330 : 520);
  const foil = !portrait && draw.chance(0.4) ? hologram(width - 180, 190) : '';
  const wave = draw.chance(0.5)
    ? `<g transform="translate(${portrait ? 480 : 260} ${portrait ? 150 : 200})" fill="none" stroke="${colour}" stroke-width="6"><path d="M0 20 Q14 40 0 60 M16 10 Q36 40 16 70 M32 0 Q58 40 32 80"/></g>`
    : '';
  return bank + product + plate + mark + foil + wave;
}

/** Magnetic stripe, signature panel with the last digits and three others, and small print with a telephone number. */
function reverseOf(draw: Seeded, { colour }: Ink): string {
  const code = String(100 + Math.floor(draw.uniform() * 900));
  const stripe = '<rect y="50" width="1012" height="110" fill="#141210"/>';
  const panel =
    '<rect x="60" y="200" width="560" height="80" fill="#f4f2ea"/>' +
    `<text x="560" y="255" font-family="Nimbus Mono PS,monospace" font-size="34" fill="#222222" text-anchor="end">${code}</text>`;
  const print =
    line('24小时客服热线 400-000-0000　www.specimen.example', 60, 585, 22, colour) +
    line('本卡为样本，不具有任何支付功能。This card is a specimen and cannot be used.', 60, 615, 18, colour);
  return stripe + panel + print;
}

function holderOf(specimen: BankCardSpecimen, draw: Seeded, { colour }: Ink, height: number): string {
  if (specimen.holder === null) return '';
  const y = specimen.layout === 'back' ? 540 : height - draw.between(36, 60);
  const family = specimen.embossed
    ? 'Nimbus Sans'
    : draw.pick(['Nimbus Sans', 'DejaVu Sans', 'OCR B', 'Nimbus Mono PS']);
  const fill = specimen.embossed ? '#ffffff' : colour;
  return `<text x="${specimen.layout === 'back' ? 60 : 90}" y="${y}" font-family="${family},sans-serif" font-size="34" letter-spacing="3" font-weight="${specimen.embossed ? 'bold' : 'normal'}" fill="${fill}">${specimen.holder}</text>`;
}

/** What says that it is a specimen. */
function marks(specimen: BankCardSpecimen, draw: Seeded, { colour }: Ink, width: number, height: number): string {
  const y = specimen.layout === 'back' ? 190 : specimen.layout.startsWith('portrait') ? 320 : 150;
  return (
    line('SPECIMEN 样本', width - 60, y, 30, colour, `text-anchor="end" opacity="${draw.between(0.6, 0.9)}"`) +
    line('样本 SPECIMEN · NOT A CARD', width / 2, height - 10, 15, colour, 'text-anchor="middle" opacity="0.7"')
  );
}
