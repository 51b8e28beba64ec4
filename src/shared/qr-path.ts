/** Modules of white around a code (ISO/IEC 18004 asks for four). */
const QUIET = 4;

/** A QR code: its side in modules with the white around it, and its dark modules as an SVG path. */
export interface QrPath {
  readonly side: number;
  readonly path: string;
}

/** A square of modules as an encoder gives them: 1 is dark. */
export interface QrModules {
  readonly size: number;
  get(row: number, column: number): number | boolean;
}

/** The modules of a QR code as one path, with the white around them that scanners need. */
export function qrPath(modules: QrModules): QrPath {
  const { size } = modules;
  const dark = Array.from({ length: size * size }, (_, at) => [Math.floor(at / size), at % size] as const).filter(
    ([row, column]) => modules.get(row, column),
  );
  return {
    side: size + 2 * QUIET,
    path: dark.map(([row, column]) => `M${column + QUIET} ${row + QUIET}h1v1h-1z`).join(''),
  };
}
