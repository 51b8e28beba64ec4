import { describe, expect, it } from 'vitest';
import { CARD_ASPECT, cardFrameIn, cardPictureIn } from '../../../src/renderer/camera/card-frame.ts';

const SIZES = [
  { width: 480, height: 360 },
  { width: 640, height: 480 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 480, height: 640 },
];

describe("the card's frame", () => {
  it.each(SIZES)('has the shape of a card, in the middle of $width × $height', (picture) => {
    const frame = cardFrameIn(picture);
    expect(frame.width / frame.height).toBeCloseTo(CARD_ASPECT, 6);
    expect([frame.x + frame.width / 2, frame.y + frame.height / 2]).toEqual([picture.width / 2, picture.height / 2]);
    expect(frame.width).toBeLessThanOrEqual(0.86 * picture.width + 1e-9);
  });

  it.each([
    [640, 480],
    [1280, 512],
    [1920, 768],
  ])('asks for pixels enough and no more nearness than that: %i wide → %i', (width, pixels) => {
    expect(cardFrameIn({ width, height: (9 / 16) * width }).width).toBeCloseTo(pixels, 6);
  });

  it.each(SIZES)('is sent with room around it, inside of $width × $height', (picture) => {
    const { part, frame } = cardPictureIn(picture);
    const card = cardFrameIn(picture);
    expect(part.x).toBeGreaterThanOrEqual(0);
    expect(part.y).toBeGreaterThanOrEqual(0);
    expect(part.x + part.width).toBeLessThanOrEqual(picture.width);
    expect(part.y + part.height).toBeLessThanOrEqual(picture.height);
    expect(part.x + frame.x * part.width).toBeCloseTo(card.x, 6);
    expect(part.y + frame.y * part.height).toBeCloseTo(card.y, 6);
    expect(frame.width * part.width).toBeCloseTo(card.width, 6);
  });
});
