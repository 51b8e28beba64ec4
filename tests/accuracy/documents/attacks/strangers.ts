import sharp from 'sharp';
import { seeded } from '../../liveness/seeded.ts';
import { printedPortrait } from '../specimens/portraits.ts';
import type { FlatCard } from './flat-card.ts';

const WIDTH = 2024;
const HEIGHT = 1276;

/** What people hold before a camera that asks for an identity card. */
export const STRANGERS = [
  'menu',
  'receipt',
  'business card',
  'membership card',
  'driving licence',
  'blank paper',
  'face photo',
  'landscape',
] as const;
export type Stranger = (typeof STRANGERS)[number];

const TEXTS: Readonly<Record<Stranger, readonly string[]>> = {
  menu: ['今日菜单', '宫保鸡丁 38', '鱼香肉丝 36', '西红柿鸡蛋汤 18', '米饭 2', '谢谢惠顾'],
  receipt: ['样本超市', '2026-03-14 18:22', '牛奶 12.50', '面包 8.00', '合计 20.50', '现金 21.00 找零 0.50'],
  'business card': ['样本科技有限公司', '试样 经理', '电话 010-00000000', 'name@example.com', '北京市样本路1号'],
  'membership card': ['会员卡 MEMBER', '样本健身俱乐部', 'No. 8800 1234 5678', '贵宾'],
  'driving licence': [
    '中华人民共和国机动车驾驶证',
    '姓名 试样',
    '性别 男 国籍 中国',
    '住址 样本路1号',
    '出生日期 1990-01-01',
    '准驾车型 C1',
  ],
  'blank paper': [],
  'face photo': [],
  landscape: [],
};

/** Something that isn't the card that was asked for; its fields are empty. */
export async function stranger(kind: Stranger, seed: number): Promise<FlatCard> {
  const random = seeded('stranger', kind, seed);
  const ground = random.pick(['#ffffff', '#f7f3e8', '#fdf6d8', '#e9eef5', '#d9b36c', '#243a5e']);
  const ink = ground === '#243a5e' ? '#f4f4f4' : '#202020';
  const size = random.between(70, 110);
  const lines = TEXTS[kind].map((text, i) => ({
    text,
    box: { x: 0.08, y: 0.1 + i * 0.14, width: (text.length * size) / WIDTH, height: (1.1 * size) / HEIGHT },
  }));
  const texts = lines.map(
    ({ text, box }) =>
      `<text x="${box.x * WIDTH}" y="${box.y * HEIGHT + 0.88 * size}" font-size="${size}" font-family="Noto Sans CJK SC" fill="${ink}">${text}</text>`,
  );
  const scene =
    kind === 'landscape'
      ? `<rect width="${WIDTH}" height="700" fill="#8fb8de"/><rect y="700" width="${WIDTH}" height="576" fill="#5d7d46"/><circle cx="1500" cy="240" r="110" fill="#fff3c4"/><path d="M0 760 L500 320 L900 700 L1300 380 L2024 800 Z" fill="#6a6f7a"/>`
      : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="${ground}"/>${scene}${texts.join('')}</svg>`;
  const face =
    kind === 'face photo'
      ? [{ input: Buffer.from(await printedPortrait('female', random.uniform(), 1000, 1230)), left: 512, top: 20 }]
      : [];
  const rgb = await sharp(Buffer.from(svg)).composite(face).removeAlpha().raw().toBuffer();
  return { page: 'id-card-front', picture: { width: WIDTH, height: HEIGHT, rgb }, lines, fields: {}, face: null };
}
