import type { Seeded } from '../../liveness/seeded.ts';

/** Colours that go together: two of the ground, one of patterns on it, and whether the ground is dark. */
export interface Palette {
  readonly from: string;
  readonly to: string;
  readonly pattern: string;
  readonly dark: boolean;
}

const PALETTES: readonly Palette[] = [
  { from: '#8c1620', to: '#c93a3f', pattern: '#e46a5f', dark: true },
  { from: '#0e3a7a', to: '#2f74c9', pattern: '#6fa3e0', dark: true },
  { from: '#0b4d3a', to: '#1f8a66', pattern: '#58b890', dark: true },
  { from: '#1b1b20', to: '#4a4a55', pattern: '#77777f', dark: true },
  { from: '#b08a3c', to: '#e2c478', pattern: '#f5e3ad', dark: false },
  { from: '#c6ccd4', to: '#eef1f5', pattern: '#a9b3c0', dark: false },
  { from: '#e8eef8', to: '#ffffff', pattern: '#b8cbe8', dark: false },
  { from: '#f2b8c6', to: '#fce6ec', pattern: '#d9879c', dark: false },
  { from: '#4b2a73', to: '#8a5fc0', pattern: '#b394da', dark: true },
  { from: '#7fc4e8', to: '#e2f4fc', pattern: '#4aa3d0', dark: false },
];

export function paletteFor(draw: Seeded): Palette {
  return draw.pick(PALETTES);
}

/** What is printed all over a card, as SVG: plain, waves, rings, lattice, a landscape, or cloudy like a photograph. */
export function groundOf(draw: Seeded, palette: Palette, width: number, height: number): string {
  const angle = draw.between(0, 90);
  const gradient = `<defs><linearGradient id="ground" gradientTransform="rotate(${angle})"><stop offset="0" stop-color="${palette.from}"/><stop offset="1" stop-color="${palette.to}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#ground)"/>`;
  const patterns = [plain, waves, rings, lattice, landscape, clouds, clouds];
  return gradient + draw.pick(patterns)(draw, palette, width, height);
}

function plain(): string {
  return '';
}

function waves(draw: Seeded, { pattern }: Palette, width: number, height: number): string {
  const count = 6 + Math.floor(draw.uniform() * 18);
  const swing = draw.between(20, 90);
  const lines = Array.from({ length: count }, (_, at) => {
    const y = (height * at) / (count - 1) + draw.normal(0, 6);
    return `<path d="M0 ${y} C${width * 0.3} ${y - swing} ${width * 0.6} ${y + swing} ${width} ${y - swing / 3}"/>`;
  });
  return `<g fill="none" stroke="${pattern}" stroke-width="${draw.between(1, 5)}" opacity="${draw.between(0.3, 0.8)}">${lines.join('')}</g>`;
}

function rings(draw: Seeded, { pattern }: Palette, width: number, height: number): string {
  const circles = Array.from({ length: 14 }, () => {
    const radius = draw.between(30, 240);
    return `<circle cx="${draw.between(0, width)}" cy="${draw.between(0, height)}" r="${radius}"/>`;
  });
  return `<g fill="none" stroke="${pattern}" stroke-width="${draw.between(2, 16)}" opacity="${draw.between(0.25, 0.6)}">${circles.join('')}</g>`;
}

function lattice(draw: Seeded, { pattern }: Palette, width: number, height: number): string {
  const step = draw.between(14, 46);
  const lines: string[] = [];
  for (let at = -height; at < width; at += step)
    lines.push(`<path d="M${at} 0 l${height} ${height} M${at} ${height} l${height} ${-height}"/>`);
  return `<g fill="none" stroke="${pattern}" stroke-width="${draw.between(1, 3)}" opacity="${draw.between(0.25, 0.6)}">${lines.join('')}</g>`;
}

function landscape(draw: Seeded, { pattern, from }: Palette, width: number, height: number): string {
  const ridge = (base: number, colour: string): string => {
    let path = `M0 ${height}`;
    for (let x = 0; x <= width; x += width / 12) path += ` L${x} ${base + draw.normal(0, height * 0.08)}`;
    return `<path d="${path} L${width} ${height} Z" fill="${colour}" opacity="0.55"/>`;
  };
  const sun = `<circle cx="${draw.between(0.2, 0.9) * width}" cy="${height * 0.25}" r="${height * 0.12}" fill="#ffe8b0" opacity="0.7"/>`;
  return sun + ridge(height * 0.45, pattern) + ridge(height * 0.65, from) + ridge(height * 0.8, pattern);
}

function clouds(draw: Seeded, _palette: Palette, width: number, height: number): string {
  const frequency = draw.between(0.002, 0.02);
  const seed = Math.floor(draw.uniform() * 10_000);
  return `<defs><filter id="clouds" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="4" seed="${seed}"/><feColorMatrix values="1.4 0 0 0 -0.2 0 1.4 0 0 -0.2 0 0 1.4 0 -0.2 0 0 0 0 1"/></filter></defs><rect width="${width}" height="${height}" filter="url(#clouds)" opacity="${draw.between(0.2, 0.55)}"/>`;
}

/** The contact plate: ISO/IEC 7816-2 puts it on the left half, 12.5 mm wide. */
export function contactPlate(x: number, y: number, gold: boolean): string {
  const [metal, line] = gold ? ['#d9b45a', '#8d6f25'] : ['#c9ccd1', '#74797f'];
  return `<g transform="translate(${x} ${y})"><rect width="140" height="110" rx="16" fill="${metal}" stroke="${line}" stroke-width="2"/><path d="M0 37 H48 M0 73 H48 M92 37 H140 M92 73 H140 M48 0 V110 M92 0 V110 M48 55 H92" fill="none" stroke="${line}" stroke-width="2.5"/></g>`;
}

/** A scheme's mark, simplified: what matters is that it stands there with its text. */
export function schemeMark(number: string, x: number, y: number): string {
  if (number.startsWith('4')) {
    return `<g transform="translate(${x} ${y})"><rect width="150" height="90" rx="8" fill="#ffffff"/><text x="75" y="64" font-family="Nimbus Sans,sans-serif" font-size="52" font-weight="bold" font-style="italic" fill="#1a1f71" text-anchor="middle">VISA</text></g>`;
  }
  if (/^5/.test(number)) {
    return `<g transform="translate(${x} ${y})"><circle cx="50" cy="45" r="45" fill="#eb001b"/><circle cx="105" cy="45" r="45" fill="#f79e1b" opacity="0.9"/><text x="78" y="54" font-family="Nimbus Sans,sans-serif" font-size="24" font-weight="bold" fill="#ffffff" text-anchor="middle">mastercard</text></g>`;
  }
  return `<g transform="translate(${x} ${y})"><path d="M20 0 H72 L54 96 H2 Z" fill="#d0121b"/><path d="M66 0 H116 L98 96 H48 Z" fill="#0b3f80"/><path d="M110 0 H160 L142 96 H92 Z" fill="#00767c"/><text x="84" y="46" font-family="Nimbus Sans,sans-serif" font-size="28" font-style="italic" font-weight="bold" fill="#ffffff" text-anchor="middle">UnionPay</text><text x="78" y="84" font-family="Noto Sans CJK SC,sans-serif" font-size="34" font-weight="bold" fill="#ffffff" text-anchor="middle">银联</text></g>`;
}

/** A stripe of changing colours where a hologram is. */
export function hologram(x: number, y: number): string {
  return `<defs><linearGradient id="foil"><stop offset="0" stop-color="#d8e8ff"/><stop offset="0.3" stop-color="#ffd8f4"/><stop offset="0.6" stop-color="#d2ffe0"/><stop offset="1" stop-color="#fff6c8"/></linearGradient></defs><rect x="${x}" y="${y}" width="120" height="90" rx="6" fill="url(#foil)" opacity="0.9"/>`;
}
