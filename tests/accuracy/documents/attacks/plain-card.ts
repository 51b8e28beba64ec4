import sharp from 'sharp';
import { seeded, type Seeded } from '../../liveness/seeded.ts';
import { paper, PAPERS } from '../specimens/paper.ts';
import { printedPortrait } from '../specimens/portraits.ts';
import type { FlatCard, PrintedLine } from './flat-card.ts';

const WIDTH = 2024;
const HEIGHT = 1276;

const SURNAMES = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈'];
const NAMES = ['样本', '测试', '示例', '范例', '样例', '试样'];
const STREETS = ['样本路', '测试街', '示例大道', '范例巷'];
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

interface Writing {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill?: string;
  readonly family?: string;
  readonly spacing?: number;
  readonly weight?: number;
}

/** Collects text both as SVG and as ground truth. */
function createPage(): { write: (text: string, at: Writing) => PrintedLine; svg: () => string; lines: PrintedLine[] } {
  const lines: PrintedLine[] = [];
  let svg = '';
  return {
    lines,
    svg: () => svg,
    write: (text, { x, y, size, fill = '#151515', family = 'Noto Sans CJK SC', spacing = 0, weight = 400 }) => {
      svg += `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" font-family="${family}" font-weight="${weight}" letter-spacing="${spacing}">${escaped(text)}</text>`;
      const advance = [...text].reduce((sum, char) => sum + (/[ -~]/.test(char) ? 0.56 * size : size) + spacing, 0);
      const line = {
        text,
        box: { x: x / WIDTH, y: (y - 0.88 * size) / HEIGHT, width: advance / WIDTH, height: (1.1 * size) / HEIGHT },
      };
      lines.push(line);
      return line;
    },
  };
}

function idNumber(random: Seeded): { text: string; year: number; month: number; day: number; sex: '男' | '女' } {
  const [year, month, day] = [random, random, random].map((draw, i) =>
    Math.floor(i === 0 ? draw.between(1950, 2004) : draw.between(1, i === 1 ? 13 : 29)),
  ) as [number, number, number];
  const order = Math.floor(random.between(0, 1000));
  const digits = `110101${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(order).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * WEIGHTS[i]!, 0);
  return { text: digits + '10X98765432'[sum % 11]!, year, month, day, sex: order % 2 ? '男' : '女' };
}

const PORTRAIT = { left: 1290, top: 150, width: 560, height: 690 };

interface Layers {
  readonly random: Seeded;
  readonly svg: string;
  readonly portrait?: 'male' | 'female';
}

/** Paper, portrait and print over each other. */
async function drawn({ random, svg, portrait }: Layers): Promise<FlatCard['picture']> {
  const ground = await paper(Math.floor(random.between(0, PAPERS)), WIDTH, HEIGHT);
  const print = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${svg}</svg>`);
  const { left, top, width, height } = PORTRAIT;
  const face = portrait
    ? [{ input: Buffer.from(await printedPortrait(portrait, random.uniform(), width, height)), left, top }]
    : [];
  const rgb = await sharp(ground)
    .composite([...face, { input: print }])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { width: WIDTH, height: HEIGHT, rgb };
}

/** A plain identity card of nobody, marked as a specimen: enough to photograph, copy and edit. */
export async function plainFront(seed: number, options: { readonly temporary?: boolean } = {}): Promise<FlatCard> {
  const random = seeded('plain-front', seed);
  const page = createPage();
  const caption = (text: string, x: number, y: number): void =>
    void page.write(text, { x, y, size: 62, fill: '#1c6fa8' });
  const number = idNumber(random);
  if (options.temporary) page.write('临时居民身份证', { x: 120, y: 110, size: 70, fill: '#7a2020', weight: 700 });
  caption('姓名', 150, 220);
  const name = page.write(random.pick(SURNAMES) + random.pick(NAMES), { x: 330, y: 224, size: 78, spacing: 10 });
  caption('性别', 150, 370);
  const sex = page.write(number.sex, { x: 330, y: 372, size: 66 });
  caption('民族', 520, 370);
  const nation = page.write('汉', { x: 700, y: 372, size: 66 });
  caption('出生', 150, 520);
  const birth = page.write(`${number.year} 年 ${number.month} 月 ${number.day} 日`, { x: 330, y: 522, size: 66 });
  caption('住址', 150, 670);
  const first = page.write(`北京市东城区${random.pick(STREETS)}`, { x: 330, y: 672, size: 64 });
  const second = page.write(`${Math.floor(random.between(1, 200))}号样本楼${Math.floor(random.between(1, 30))}室`, {
    x: 330,
    y: 762,
    size: 64,
  });
  caption('公民身份号码', 150, 1110);
  const printed = page.write(number.text, { x: 690, y: 1114, size: 78, spacing: 12, family: 'Noto Sans CJK SC' });
  const mark = `<text x="1330" y="1200" font-size="44" fill="#b05050">SPECIMEN 样本</text>`;
  const picture = await drawn({ random, svg: page.svg() + mark, portrait: number.sex === '男' ? 'male' : 'female' });
  const stated = (text: string, box = printed.box): PrintedLine => ({ text, box });
  return {
    page: 'id-card-front',
    picture,
    lines: page.lines,
    fields: {
      name,
      sex,
      nation,
      birthDate: stated(
        `${number.year}-${String(number.month).padStart(2, '0')}-${String(number.day).padStart(2, '0')}`,
        birth.box,
      ),
      address: stated(first.text + second.text, {
        ...first.box,
        height: second.box.y + second.box.height - first.box.y,
      }),
      number: printed,
    },
    face: {
      x: (PORTRAIT.left + 0.22 * PORTRAIT.width) / WIDTH,
      y: (PORTRAIT.top + 0.22 * PORTRAIT.height) / HEIGHT,
      width: (0.56 * PORTRAIT.width) / WIDTH,
      height: (0.56 * PORTRAIT.height) / HEIGHT,
    },
  };
}

/** The other side. */
export async function plainBack(
  seed: number,
  validity: { readonly from: string; readonly to: string } = { from: '2020-05-01', to: '2040-05-01' },
): Promise<FlatCard> {
  const random = seeded('plain-back', seed);
  const page = createPage();
  page.write('中华人民共和国', { x: 660, y: 290, size: 120, weight: 700, spacing: 20 });
  page.write('居民身份证', { x: 700, y: 510, size: 170, weight: 700, spacing: 30 });
  page.write('签发机关', { x: 470, y: 940, size: 66 });
  const issuer = page.write('北京市公安局东城分局', { x: 820, y: 942, size: 68 });
  page.write('有效期限', { x: 470, y: 1100, size: 66 });
  const dotted = (day: string): string => day.replaceAll('-', '.');
  const term = page.write(`${dotted(validity.from)}-${dotted(validity.to)}`, { x: 820, y: 1102, size: 68 });
  const emblem = `<circle cx="330" cy="330" r="190" fill="#c8252c"/><circle cx="330" cy="330" r="150" fill="#e2b33c"/><path d="M330 220 l30 80 85 2 -67 52 23 82 -71 -48 -71 48 23 -82 -67 -52 85 -2z" fill="#c8252c"/>`;
  const mark = `<text x="1330" y="1220" font-size="44" fill="#b05050">SPECIMEN 样本</text>`;
  const picture = await drawn({ random, svg: emblem + page.svg() + mark });
  return {
    page: 'id-card-back',
    picture,
    lines: page.lines,
    fields: {
      issuer,
      validFrom: { text: validity.from, box: term.box },
      validTo: { text: validity.to, box: term.box },
    },
    face: null,
  };
}
