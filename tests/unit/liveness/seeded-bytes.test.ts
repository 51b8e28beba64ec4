import { describe, expect, it } from 'vitest';
import { nonceOfSeed, seededBytes } from '../../../src/main/liveness/seeded-bytes.ts';
import { nonceOfSeed as verifiersNonceOf } from '../../../src/verifier/challenge-desk.ts';

const seed = new Uint8Array(32).fill(7);
const own = new Uint8Array(32).fill(9);

describe('bytes that verifier and device decide together', () => {
  it('are the same for the same two parts, in whatever portions they are drawn', () => {
    const whole = seededBytes(seed, own)(100);
    const parts = seededBytes(seed, own);
    expect(Buffer.concat([parts(1), parts(63), parts(36)])).toEqual(Buffer.from(whole));
  });

  it('are others when either part is', () => {
    const drawn = Buffer.from(seededBytes(seed, own)(32)).toString('hex');
    expect(Buffer.from(seededBytes(own, own)(32)).toString('hex')).not.toBe(drawn);
    expect(Buffer.from(seededBytes(seed, seed)(32)).toString('hex')).not.toBe(drawn);
  });

  it('spread over all values', () => {
    const counts = new Array<number>(256).fill(0);
    for (const byte of seededBytes(seed, own)(256 * 200)) counts[byte]! += 1;
    // 200 expected of each; six standard deviations either way.
    expect(Math.min(...counts)).toBeGreaterThan(115);
    expect(Math.max(...counts)).toBeLessThan(285);
  });
});

it('the verifier finds the nonce as the device makes it', () => {
  expect(verifiersNonceOf(seed)).toBe(nonceOfSeed(seed));
  expect(nonceOfSeed(seed)).toMatch(/^[0-9a-f]{32}$/);
});
