const WIDTH = 102;
const HEIGHT = 126;

/** The drawing of test-codec.h as RGB, rows from the top. */
export function drawnPortrait(block: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) rgb.set(pixelAt(block, x, y), 3 * (y * WIDTH + x));
  }
  return rgb;
}

function pixelAt(block: Uint8Array, x: number, y: number): readonly [number, number, number] {
  const [dx, dy] = [x - 51, y - 58];
  const shade = (x + y) % 16;
  if (dx * dx * 34 * 34 + dy * dy * 24 * 24 <= 24 * 24 * 34 * 34) {
    if (y < 38) return [40 + shade, 35 + shade, 35 + shade];
    return [200 + shade, 150 + shade, 120 + shade + (block[16]! % 16)];
  }
  if (y > 96) return [20 + (block[17]! % 32) + shade, 30 + shade, 60 + shade];
  return [235 + shade, 235 + shade, 235 + shade];
}

/** A block of nobody; `variant` changes the drawing. */
export function testBlock(variant = 0): Uint8Array {
  const block = new Uint8Array(1024).fill(0x51);
  block.set([0x57, 0x4c, 0x66, 0x00, 0x7e, 0x00, 0x32, 0x00, 0x00, 0xff, 0x85]);
  block[16] = variant;
  block[17] = variant >> 4;
  return block;
}
