/** Encodes text as GBK by turning the decoder round; characters that GBK lacks become `?`. */
export function encodeGbk(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text)
    bytes.push(...(TABLE.get(character) ?? [character.codePointAt(0)! < 0x80 ? character.charCodeAt(0) : 0x3f]));
  return Buffer.from(bytes);
}

const TABLE = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder('gbk');
for (let lead = 0x81; lead <= 0xfe; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const character = decoder.decode(new Uint8Array([lead, trail]));
    if ([...character].length === 1 && !character.includes('\ufffd') && !TABLE.has(character))
      TABLE.set(character, [lead, trail]);
  }
}
