/** The specimens of Doc 9303 parts 4 and 5 (state UTO). */
export const PASSPORT_LINES = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
] as const;
export const CARD_LINES = [
  'I<UTOD231458907<<<<<<<<<<<<<<<',
  '7408122F1204159UTO<<<<<<<<<<<6',
  'ERIKSSON<<ANNA<MARIA<<<<<<<<<<',
] as const;

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** How readers send the lines of a zone. */
export const FRAMINGS = {
  desko: (lines) => bytes(`\x02${lines.map((line) => `${line}\r`).join('')}\x03`),
  'desko with signs around': (lines) => bytes(`\x1c\x02${lines.map((line) => `${line}\r`).join('')}\x03\x1d`),
  rte6701: (lines) => {
    const upper = '\r'.repeat(3 - lines.length);
    const inner = `OU\x020${upper}${lines.map((line) => `${line.replaceAll('<', '_')}\r`).join('')}\x03`;
    const body = bytes(`${String.fromCharCode(0, inner.length)}${inner}`);
    return Buffer.concat([bytes('\x01'), body, Buffer.from([body.reduce((check, byte) => check ^ byte, 0)])]);
  },
  'lines with carriage returns': (lines) => bytes(lines.map((line) => `${line}\r`).join('')),
  'lines with both': (lines) => bytes(lines.map((line) => `${line}\r\n`).join('')),
  'lines with line feeds between': (lines) => bytes(lines.join('\n')),
  'one long line': (lines) => bytes(lines.join('')),
} as const satisfies Record<string, (lines: readonly string[]) => Buffer>;
export type FramingName = keyof typeof FRAMINGS;
export const FRAMING_NAMES = Object.keys(FRAMINGS) as FramingName[];
