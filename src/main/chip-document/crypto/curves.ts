import { weierstrass, type WeierstrassPoint, type WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';

export type CurvePoint = WeierstrassPoint<bigint>;

/** A curve over a prime field, computed in JavaScript: Electron's engine has none of the Brainpool curves. */
export interface Curve {
  readonly name: string;
  /** Bytes of a coordinate. */
  readonly fieldBytes: number;
  readonly order: bigint;
  readonly Point: WeierstrassPointCons<bigint>;
}

function curve(name: string, Point: WeierstrassPointCons<bigint>): Curve {
  return { name, fieldBytes: Point.Fp.BYTES, order: Point.Fn.ORDER, Point };
}

/** SEC 2, 2.6.2 (NIST P-224). */
const P224 = weierstrass({
  p: 0xffffffffffffffffffffffffffffffff000000000000000000000001n,
  a: 0xfffffffffffffffffffffffffffffffefffffffffffffffffffffffen,
  b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
  Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
  n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  h: 1n,
});

/** RFC 5639, 3.3. */
const BRAINPOOL_P224 = weierstrass({
  p: 0xd7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ffn,
  a: 0x68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43n,
  b: 0x2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400bn,
  Gx: 0x0d9029ad2c7e5cf4340823b2a87dc68c9e4ce3174c1e6efdee12c07dn,
  Gy: 0x58aa56f772c0726f24c6b89e4ecdac24354b9e99caa3f6d3761402cdn,
  n: 0xd7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939fn,
  h: 1n,
});

/** RFC 5639, 3.5. */
const BRAINPOOL_P320 = weierstrass({
  p: 0xd35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1f1b32e27n,
  a: 0x3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a97d860eb4n,
  b: 0x520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac8fb1f1a6n,
  Gx: 0x43bd7e9afb53d8b85289bcc48ee5bfe6f20137d10a087eb6e7871e2a10a599c710af8d0d39e20611n,
  Gy: 0x14fdd05545ec1cc8ab4093247f77275e0743ffed117182eaa9c77877aaac6ac7d35245d1692e8ee1n,
  n: 0xd35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b44c59311n,
  h: 1n,
});

const CURVES = {
  'P-224': curve('P-224', P224),
  'P-256': curve('P-256', p256.Point),
  'P-384': curve('P-384', p384.Point),
  'P-521': curve('P-521', p521.Point),
  brainpoolP224r1: curve('brainpoolP224r1', BRAINPOOL_P224),
  brainpoolP256r1: curve('brainpoolP256r1', brainpoolP256r1.Point),
  brainpoolP320r1: curve('brainpoolP320r1', BRAINPOOL_P320),
  brainpoolP384r1: curve('brainpoolP384r1', brainpoolP384r1.Point),
  brainpoolP512r1: curve('brainpoolP512r1', brainpoolP512r1.Point),
} as const;

export const ALL_CURVES: readonly Curve[] = Object.values(CURVES);

/** Standardized domain parameters (Doc 9303 part 11, table 6); those of finite fields and 192 bits are left out. */
const BY_PARAMETER_ID: Readonly<Record<number, Curve>> = {
  10: CURVES['P-224'],
  11: CURVES.brainpoolP224r1,
  12: CURVES['P-256'],
  13: CURVES.brainpoolP256r1,
  14: CURVES.brainpoolP320r1,
  15: CURVES['P-384'],
  16: CURVES.brainpoolP384r1,
  17: CURVES.brainpoolP512r1,
  18: CURVES['P-521'],
};

/** The curve behind an id of EF.CardAccess; null for one that PACE can't be carried out with here. */
export function curveOfParameterId(id: number): Curve | null {
  return BY_PARAMETER_ID[id] ?? null;
}

const BY_OBJECT_IDENTIFIER: Readonly<Record<string, Curve>> = {
  '1.3.132.0.33': CURVES['P-224'],
  '1.2.840.10045.3.1.7': CURVES['P-256'],
  '1.3.132.0.34': CURVES['P-384'],
  '1.3.132.0.35': CURVES['P-521'],
  '1.3.36.3.3.2.8.1.1.5': CURVES.brainpoolP224r1,
  '1.3.36.3.3.2.8.1.1.7': CURVES.brainpoolP256r1,
  '1.3.36.3.3.2.8.1.1.9': CURVES.brainpoolP320r1,
  '1.3.36.3.3.2.8.1.1.11': CURVES.brainpoolP384r1,
  '1.3.36.3.3.2.8.1.1.13': CURVES.brainpoolP512r1,
};

/** The curve with this dotted object identifier; null for one that isn't known here. */
export function curveOfObjectIdentifier(identifier: string): Curve | null {
  return BY_OBJECT_IDENTIFIER[identifier] ?? null;
}

/** An uncompressed point of the curve; null for what is none, the point at infinity included. */
export function pointFrom({ Point, fieldBytes }: Curve, bytes: Uint8Array): CurvePoint | null {
  if (bytes[0] !== 0x04 || bytes.length !== 1 + 2 * fieldBytes) return null;
  try {
    const point = Point.fromBytes(bytes);
    point.assertValidity();
    return point.is0() ? null : point;
  } catch {
    return null;
  }
}
