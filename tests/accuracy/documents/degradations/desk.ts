import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { Seeded } from '../../liveness/seeded.ts';

export const DESKS = ['wood', 'cloth', 'paper', 'mat', 'laminate', 'clutter'] as const;
export type Desk = (typeof DESKS)[number];

/** What lies below a card: drawn small and enlarged, since a desk is seldom sharp. */
export async function drawDesk(desk: Desk, width: number, height: number, random: Seeded): Promise<Frame> {
  const w = Math.min(640, width);
  const h = Math.round((w * height) / width);
  const texture = textureOf(desk, w, h, random);
  let picture = sharp(texture, { raw: { width: w, height: h, channels: 3 } });
  if (desk === 'clutter') {
    picture = sharp(
      await picture
        .composite([{ input: things(w, h, random) }])
        .removeAlpha()
        .raw()
        .toBuffer(),
      {
        raw: { width: w, height: h, channels: 3 },
      },
    );
  }
  const rgb = await picture.resize(width, height, { fit: 'fill', kernel: 'cubic' }).raw().toBuffer();
  return { width, height, rgb };
}

function textureOf(desk: Desk, w: number, h: number, random: Seeded): Uint8Array {
  const rgb = new Uint8Array(w * h * 3);
  const base = baseColour(desk, random);
  const phase = random.between(0, 100);
  const angle = random.between(0, Math.PI);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const shade = shadeOf(desk, (x * 640) / w, (y * 640) / w, phase, angle) + (random.uniform() - 0.5) * 0.03;
      for (let k = 0; k < 3; k++) rgb[3 * (y * w + x) + k] = Math.max(0, Math.min(255, base[k]! * (1 + shade)));
    }
  }
  return rgb;
}

function baseColour(desk: Desk, random: Seeded): readonly number[] {
  const colours: Record<Desk, readonly (readonly number[])[]> = {
    wood: [
      [150, 104, 66],
      [188, 148, 104],
      [96, 62, 42],
    ],
    cloth: [
      [92, 104, 128],
      [142, 58, 62],
      [70, 92, 74],
    ],
    paper: [
      [236, 236, 232],
      [226, 228, 234],
    ],
    mat: [
      [38, 40, 44],
      [24, 48, 42],
    ],
    laminate: [
      [186, 188, 190],
      [140, 146, 152],
      [206, 198, 184],
    ],
    clutter: [
      [168, 148, 124],
      [120, 124, 130],
    ],
  };
  return random.pick(colours[desk]);
}

function shadeOf(desk: Desk, x: number, y: number, phase: number, angle: number): number {
  const along = x * Math.cos(angle) + y * Math.sin(angle);
  const across = y * Math.cos(angle) - x * Math.sin(angle);
  if (desk === 'wood') {
    const bend = 9 * Math.sin(along / 90 + phase) + 4 * Math.sin(along / 37);
    return 0.13 * Math.sin((across + bend) / 6) + 0.07 * Math.sin((across + 2 * bend) / 2.3 + phase);
  }
  if (desk === 'cloth')
    return 0.09 * Math.sin(along * 1.7) * Math.sin(across * 1.7) + 0.06 * Math.sin(along / 60 + phase);
  if (desk === 'paper') return 0.01 * Math.sin(along / 80 + phase);
  if (desk === 'mat') return 0.08 * Math.sin(along * 0.9 + phase) * Math.sin(across * 1.1);
  return 0.03 * Math.sin(along / 25 + phase) * Math.sin(across / 31);
}

/** Papers with lines, a pen, a note: edges and corners that aren't a card's. */
function things(w: number, h: number, random: Seeded): Buffer {
  const sheet = (): string => {
    const [x, y, width, height] = [
      random.between(-0.2, 0.8) * w,
      random.between(-0.2, 0.8) * h,
      random.between(0.3, 0.6) * w,
      random.between(0.3, 0.7) * h,
    ];
    const lines = Array.from(
      { length: 9 },
      (_, i) =>
        `<rect x="${x + 12}" y="${y + 14 + i * 15}" width="${width * random.between(0.4, 0.85)}" height="3" fill="#777"/>`,
    );
    return `<g transform="rotate(${random.between(-30, 30)} ${x} ${y})"><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#eceae4"/>${lines.join('')}</g>`;
  };
  const pen = `<rect x="${random.between(0, w)}" y="${random.between(0, h)}" width="${w * 0.4}" height="8" rx="4" fill="#233a78" transform="rotate(${random.between(-60, 60)} ${w / 2} ${h / 2})"/>`;
  const note = `<rect x="${random.between(0, w * 0.8)}" y="${random.between(0, h * 0.8)}" width="90" height="84" fill="#f1d85c" transform="rotate(${random.between(-15, 15)})"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${sheet()}${sheet()}${note}${pen}</svg>`,
  );
}
