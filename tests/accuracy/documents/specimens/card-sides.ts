import type { CardBox, IdCardField } from '../../../../src/shared/domain/document-reading.ts';
import type { Seeded } from '../../liveness/seeded.ts';
import { around, CardInk, linesOf, SPECIMEN } from './card-ink.ts';
import type { SyntheticPerson } from './person.ts';

export type FieldBoxes = Partial<Record<IdCardField, CardBox>>;

/** What a side shows, before the portrait. */
export interface DrawnSide {
  readonly ink: CardInk;
  readonly boxes: FieldBoxes;
  readonly mark: CardBox;
}

/** Where the portrait is printed, relative to the card. */
export const PORTRAIT_BOX: CardBox = { x: 0.635, y: 0.165, width: 0.3, height: 0.585 };

/** The number's typeface differs from office to office. */
const NUMBER_FONTS = [
  'Noto Sans Mono CJK SC',
  'Noto Sans Mono CJK SC',
  'DejaVu Sans',
  'Nimbus Sans',
  'Noto Sans CJK SC',
];

/** The side with the person's particulars. */
export function drawParticulars(person: SyntheticPerson, random: Seeded): DrawnSide {
  const ink = new CardInk();
  const boxes: FieldBoxes = {};
  const shift = (): number => random.between(-0.004, 0.004);
  const left = 0.068 + shift();
  const value = 0.178 + shift();
  const temporary = person.variant === 'temporary';
  let y = (temporary ? 0.07 : 0.092) + shift();
  const step = person.nation === null ? 0.074 : temporary ? 0.067 : 0.071;

  ink.caption('姓名', left, y);
  boxes.name = drawNameLines(ink, person.name, value, y);
  y += step;
  ink.caption('性别', left, y);
  boxes.sex = ink.value(person.sex === 'male' ? '男' : '女', value, y);
  if (person.nation !== null) {
    ink.caption('民族', 0.3 + shift(), y);
    boxes.nation = ink.value(person.nation, 0.385, y);
  }
  y += step;
  boxes.birthDate = drawBirth(ink, person.birthDate, left, value, y);
  y += step;
  ink.caption('住址', left, y);
  const lines = linesOf(person.address, 11.2);
  const pitch = lines.length > 3 ? 0.043 : 0.047;
  boxes.address = around(lines.map((line, i) => ink.value(line, value, y + i * pitch)));
  y = temporary ? 0.505 : 0.55 + shift();
  ink.caption('公民身份号码', left, y);
  const font = random.pick(NUMBER_FONTS);
  boxes.number = ink.spaced(person.number, 0.335 + shift(), y, font.includes('Mono') ? 0.054 : 0.043, 0.0302, font);
  if (temporary) Object.assign(boxes, drawIssue(ink, person, 0.068, 0.553, 0.046));
  const mark = ink.mark(0.66, 0.055);
  return { ink, boxes, mark };
}

/** The side with who gave the card out, and for how long. */
export function drawIssuerSide(person: SyntheticPerson, random: Seeded): DrawnSide {
  const ink = new CardInk();
  const w = SPECIMEN.width;
  const disc = (r: number, fill: string): string =>
    `<circle cx="${0.135 * w}" cy="${0.145 * w}" r="${r * w}" fill="${fill}"/>`;
  ink.raw(disc(0.09, '#c4515c') + disc(0.078, '#dc9a78') + disc(0.06, '#c4515c'));
  const titles = { resident: '居民身份证', temporary: '临时居民身份证' } as const;
  const second =
    person.variant === 'hmt'
      ? `${person.passNumber?.match(/^[HM]/) ? '港澳居民' : '台湾居民'}居住证`
      : titles[person.variant];
  ink.title('中华人民共和国', 0.29, 0.105, 0.062, 0.013);
  ink.title(second, second.length > 5 ? 0.27 : 0.29, 0.215, second.length > 5 ? 0.077 : 0.083, 0.014);
  const boxes: FieldBoxes =
    person.variant === 'temporary' ? {} : drawIssue(ink, person, 0.24 + random.between(-0.01, 0.01), 0.465, 0.072);
  if (person.variant === 'hmt') {
    ink.caption('通行证号码', 0.24, 0.39);
    ink.value(person.passNumber ?? '', 0.42, 0.39);
    ink.caption('签发次数', 0.7, 0.39);
    ink.value('01', 0.84, 0.39);
  }
  const mark = ink.mark(0.66, 0.035);
  return { ink, boxes, mark };
}

function drawNameLines(ink: CardInk, name: string, x: number, y: number): CardBox {
  const size = 0.042;
  const lines = linesOf(name, 10.4);
  if (lines.length === 1) return ink.value(name, x, y, size);
  return around(lines.map((line, i) => ink.value(line, x, y - 0.016 + i * 0.034, 0.032)));
}

function drawBirth(ink: CardInk, birthDate: string, left: number, x: number, y: number): CardBox {
  const [year, month, day] = birthDate.split('-').map(Number);
  ink.caption('出生', left, y);
  const first = ink.value(String(year), x, y);
  ink.caption('年', x + 0.097, y);
  ink.value(String(month), x + (month! > 9 ? 0.146 : 0.155), y);
  ink.caption('月', x + 0.203, y);
  const last = ink.value(String(day), x + (day! > 9 ? 0.25 : 0.259), y);
  ink.caption('日', x + 0.305, y);
  const day2 = { ...last, width: last.width + 0.09 };
  return around([first, day2]);
}

function drawIssue(ink: CardInk, person: SyntheticPerson, left: number, y: number, step: number): FieldBoxes {
  ink.caption('签发机关', left, y);
  const issuer = ink.value(person.issuer, left + 0.16, y);
  ink.caption('有效期限', left, y + step);
  const dotted = (date: string): string => (date === 'long-term' ? '长期' : date.replaceAll('-', '.'));
  const from = ink.value(`${dotted(person.validFrom)}-${dotted(person.validTo)}`, left + 0.16, y + step);
  const half = (10.5 / (10.5 + (person.validTo === 'long-term' ? 4 : 10.5))) * from.width;
  return {
    issuer,
    validFrom: { ...from, width: half },
    validTo: { ...from, x: from.x + half, width: from.width - half },
  };
}
