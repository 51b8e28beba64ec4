import sharp from 'sharp';
import type { Frame } from '../../../src/main/inference/frame.ts';

/** What is printed on a drawn card; lines of the address as they are broken. */
export interface PrintedFront {
  readonly name: string;
  readonly sex: string;
  /** Null on a permit for residents of Hong Kong, Macao and Taiwan, which says none. */
  readonly nation: string | null;
  readonly birth: readonly [year: string, month: string, day: string];
  readonly address: readonly string[];
  readonly number: string;
}
export interface PrintedBack {
  readonly issuer: string;
  readonly validity: string;
}

const WIDTH = 1012;
const HEIGHT = 638;
const SANS = "font-family='Noto Sans CJK SC'";
const CAPTION = '#4a7fb5';

const text = (x: number, y: number, size: number, content: string, colour = '#222', more = ''): string =>
  `<text x='${x}' y='${y}' ${SANS} font-size='${size}' fill='${colour}' ${more}>${content}</text>`;

const card = (content: string): string =>
  `<svg xmlns='http://www.w3.org/2000/svg' width='${WIDTH}' height='${HEIGHT}'>` +
  `<defs><linearGradient id='g' x2='1' y2='1'><stop offset='0' stop-color='#e3eef5'/><stop offset='1' stop-color='#dfe9dc'/></linearGradient></defs>` +
  `<rect width='${WIDTH}' height='${HEIGHT}' fill='url(#g)'/>${content}` +
  `${text(640, 620, 22, '样本 SPECIMEN', '#c66')}</svg>`;

/** The front as SVG; a grey figure stands for the portrait. */
export function frontSvg({ name, sex, nation, birth, address, number }: PrintedFront): string {
  const [year, month, day] = birth;
  return card(
    [
      text(70, 98, 31, '姓 名', CAPTION) + text(190, 100, 42, name),
      text(70, 172, 31, '性 别', CAPTION) + text(190, 173, 36, sex),
      nation === null ? '' : text(300, 172, 31, '民 族', CAPTION) + text(402, 173, 36, nation),
      text(70, 244, 31, '出 生', CAPTION) + text(190, 245, 36, year) + text(283, 244, 31, '年', CAPTION),
      text(month.length > 1 ? 330 : 342, 245, 36, month) + text(385, 244, 31, '月', CAPTION),
      text(day.length > 1 ? 434 : 446, 245, 36, day) + text(490, 244, 31, '日', CAPTION),
      text(70, 324, 31, '住 址', CAPTION) + address.map((line, i) => text(190, 325 + 52 * i, 36, line)).join(''),
      text(70, 562, 31, '公民身份号码', CAPTION),
      text(336, 565, 46, number, '#222', "font-weight='500' letter-spacing='6'"),
      `<rect x='640' y='90' width='290' height='370' fill='#cfd8de'/><circle cx='785' cy='230' r='80' fill='#99a'/>`,
      `<path d='M665 460 q120 -220 240 0 z' fill='#778'/>`,
    ].join(''),
  );
}

export function backSvg({ issuer, validity }: PrintedBack): string {
  return card(
    [
      `<circle cx='150' cy='150' r='90' fill='#d33' opacity='.8'/>`,
      text(330, 150, 62, '中华人民共和国', '#222', "letter-spacing='18'"),
      text(330, 250, 82, '居民身份证', '#222', "letter-spacing='40'"),
      text(240, 500, 32, '签发机关') + text(400, 502, 38, issuer),
      text(240, 568, 32, '有效期限') + text(400, 570, 38, validity),
    ].join(''),
  );
}

/** Draws SVG into pixels. */
export async function drawn(svg: string): Promise<Frame> {
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#fff' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** A synthetic person: the number is GB 11643's, of nobody's. */
export const SPECIMEN_FRONT: PrintedFront = {
  name: '林晓岚',
  sex: '女',
  nation: '汉',
  birth: ['1990', '3', '7'],
  address: ['北京市东城区样本胡同', '18号院3号楼2单元506室'],
  number: '110101199003070222',
};
export const SPECIMEN_BACK: PrintedBack = { issuer: '北京市公安局东城分局', validity: '2015.06.01-2035.06.01' };
