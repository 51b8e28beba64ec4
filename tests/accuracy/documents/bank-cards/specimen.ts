import { luhnCheckDigit } from '../../../../src/shared/domain/luhn.ts';
import { seeded, type Seeded } from '../../liveness/seeded.ts';

/** `back` is the reverse of a card whose number is small there; `portrait` stands on its short side. */
export const BANK_CARD_LAYOUTS = ['classic', 'low', 'portrait-line', 'portrait-rows', 'back'] as const;
export type BankCardLayout = (typeof BANK_CARD_LAYOUTS)[number];

/** How a raised number looks: tipped in silver, gold, white or black, tipping worn off, or bare like its card. */
export const TIPPINGS = ['silver', 'gold', 'white', 'black', 'worn', 'bare'] as const;
export type Tipping = (typeof TIPPINGS)[number];

export interface BankCardSpecimen {
  readonly seed: number;
  /** Luhn-valid, never anybody's: see `numberFor`. */
  readonly number: string;
  /** As printed, with its spaces. */
  readonly printed: string;
  /** `YYYY-MM`, null where none is printed. */
  readonly expiry: string | null;
  readonly holder: string | null;
  readonly embossed: boolean;
  readonly tipping: Tipping;
  readonly layout: BankCardLayout;
  readonly bank: string;
  readonly product: string;
}

/**
 * Prefixes: half of a scheme's test range or of none that the table knows, before random digits; half real ones, but
 * only before digits in sequence, so that the number is plainly made up.
 */
const UNASSIGNED = ['629900', '629951', '628999', '400000', '510000', '356000', '699900'];
const REAL: readonly (readonly [prefix: string, digits: number])[] = [
  ['622202', 19],
  ['621700', 19],
  ['622848', 19],
  ['621661', 19],
  ['622588', 16],
  ['622260', 19],
  ['622230', 16],
  ['625362', 16],
  ['955880', 19],
  ['370246', 15],
  ['521899', 16],
];
const SEQUENCES = ['0123456789', '9876543210', '1357902468', '2468013579', '1122334455', '9080706050'];

const BANKS = ['样例银行', '标本商业银行', '示范农村信用社', '样本储蓄银行', 'SPECIMEN BANK', 'SAMPLE BANK 样例银行'];
const PRODUCTS = ['储蓄卡', '借记卡 DEBIT', '信用卡 CREDIT', '白金卡 PLATINUM', '金卡 GOLD', '社会保障金融卡', ''];
const HOLDERS = ['YANG LI', 'BIAO BEN', 'SPECIMEN HOLDER', 'CE SHI YUAN', 'SHI LI MING', 'WANG YANG BEN'];

/** The specimen of a seed; `wanted` fixes what is otherwise drawn. */
export function bankCardSpecimen(
  seed: number,
  wanted: Partial<Pick<BankCardSpecimen, 'embossed' | 'layout' | 'tipping'>> = {},
): BankCardSpecimen {
  const draw = seeded(seed, 'bank-card');
  const number = numberFor(draw);
  const embossed = wanted.embossed ?? draw.chance(0.5);
  const drawn = embossed ? 'classic' : layoutFor(draw);
  const layout = wanted.layout ?? drawn;
  const expiry = draw.chance(0.75)
    ? `20${26 + Math.floor(draw.uniform() * 12)}-${String(1 + Math.floor(draw.uniform() * 12)).padStart(2, '0')}`
    : null;
  return {
    seed,
    number,
    printed: groupingFor(number, draw),
    expiry: layout === 'portrait-rows' ? null : expiry,
    holder: draw.chance(layout === 'classic' ? 0.6 : 0.3) ? draw.pick(HOLDERS) : null,
    embossed,
    tipping: wanted.tipping ?? draw.pick(TIPPINGS),
    layout,
    bank: draw.pick(BANKS),
    product: draw.pick(PRODUCTS),
  };
}

function layoutFor(draw: Seeded): BankCardLayout {
  const at = draw.uniform();
  if (at < 0.5) return 'classic';
  if (at < 0.65) return 'low';
  if (at < 0.78) return 'back';
  return at < 0.89 ? 'portrait-line' : 'portrait-rows';
}

function numberFor(draw: Seeded): string {
  const plain = draw.chance(0.5);
  const [prefix, digits] = plain
    ? ([draw.pick(UNASSIGNED), draw.pick([16, 16, 16, 18, 19])] as const)
    : draw.pick(REAL);
  const shift = Math.floor(draw.uniform() * 10);
  const sequence = draw.pick(SEQUENCES).repeat(3).slice(shift);
  const random = Array.from({ length: 19 }, () => Math.floor(draw.uniform() * 10)).join('');
  const length = plain && !prefix.startsWith('6') ? 16 : digits;
  const body = (prefix + (plain ? random : sequence)).slice(0, length - 1);
  return body + luhnCheckDigit(body);
}

/** Groups of four; of 19 digits also 6 and 13, of 15 always 4-6-5. */
function groupingFor(number: string, draw: Seeded): string {
  const cut = (...lengths: readonly number[]): string => {
    const parts: string[] = [];
    let from = 0;
    for (const length of lengths) parts.push(number.slice(from, (from += length)));
    return parts.join(' ');
  };
  if (number.length === 15) return cut(4, 6, 5);
  if (number.length === 19 && draw.chance(0.45)) return cut(6, 13);
  if (number.length === 18) return draw.chance(0.5) ? cut(6, 12) : cut(4, 4, 4, 4, 2);
  return cut(4, 4, 4, 4, ...(number.length > 16 ? [number.length - 16] : []));
}
