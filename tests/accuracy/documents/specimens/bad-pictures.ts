import sharp, { type OverlayOptions } from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { seeded } from '../../liveness/seeded.ts';
import { drawDesk } from '../degradations/desk.ts';

const SCENE = { width: 1920, height: 1280 } as const;

/** A desk without anything on it, as a JPEG file. */
export function emptyDesk(): Promise<Uint8Array> {
  return scene([]);
}

/** Two cards side by side, neither more important than the other. */
export async function twoCards(first: Frame, second: Frame): Promise<Uint8Array> {
  return scene([
    { input: await asPng(first, 860), left: 60, top: 120 },
    { input: await asPng(second, 860), left: 980, top: 600 },
  ]);
}

/** A list of dishes and prices: text enough, and no document. */
export function menu(): Promise<Uint8Array> {
  const dishes =
    '宫保鸡丁 麻婆豆腐 鱼香肉丝 清炒时蔬 红烧排骨 酸辣土豆丝 番茄炒蛋 蒜蓉西兰花 扬州炒饭 紫菜蛋花汤'.split(' ');
  const rows = dishes.map(
    (dish, i) =>
      `<text x="80" y="${260 + i * 82}" font-size="46">${dish}</text><text x="620" y="${260 + i * 82}" font-size="46">${18 + i * 7} 元</text>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="840" height="1140" font-family="Noto Sans CJK SC" fill="#221"><rect width="840" height="1140" fill="#f6efdc"/><text x="330" y="140" font-size="76">菜 单</text>${rows.join('')}</svg>`;
  return scene([{ input: Buffer.from(svg), left: 520, top: 70 }]);
}

/** A phone that shows a card: bezel, a cool cast and the stripes of its pixels. */
export async function phoneShowing(card: Frame): Promise<Uint8Array> {
  const stripes = `<svg xmlns="http://www.w3.org/2000/svg" width="1120" height="706"><defs><pattern id="p" width="3" height="3" patternUnits="userSpaceOnUse"><rect width="1" height="3" fill="#f00"/><rect x="1" width="1" height="3" fill="#0f0"/><rect x="2" width="1" height="3" fill="#00f"/><rect width="3" height="0.6" fill="#000"/></pattern></defs><rect width="1120" height="706" fill="url(#p)" opacity="0.16"/></svg>`;
  const phone = `<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="800"><rect width="1500" height="800" rx="80" fill="#0b0b0d"/><rect x="60" y="24" width="1380" height="752" rx="40" fill="#101218"/></svg>`;
  return scene([
    { input: Buffer.from(phone), left: 210, top: 240 },
    { input: await asPng(card, 1120), left: 400, top: 287 },
    { input: Buffer.from(stripes), left: 400, top: 287 },
  ]);
}

/** A file of forty empty pages that a viewer opens. */
export function fortyPagePdf(): Uint8Array {
  const kids = Array.from({ length: 40 }, (_, i) => `${i + 3} 0 R`).join(' ');
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count 40/Kids[${kids}]>>`,
    ...Array.from({ length: 40 }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>'),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

async function scene(things: readonly OverlayOptions[]): Promise<Uint8Array> {
  const desk = await drawDesk('laminate', SCENE.width, SCENE.height, seeded('bad-pictures'));
  const picture = sharp(desk.rgb, { raw: { ...SCENE, channels: 3 } }).composite([...things]);
  return new Uint8Array(await picture.removeAlpha().jpeg({ quality: 90 }).toBuffer());
}

function asPng({ rgb, width, height }: Frame, to: number): Promise<Buffer> {
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(to)
    .png()
    .toBuffer();
}
