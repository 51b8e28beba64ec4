/*
 * What the test libraries "decode": a drawing of a head before a white wall, in colours that the block's bytes
 * choose. It is a made-up codec of these tests, not the one of cards. The same drawing is in drawn-portrait.ts.
 */
#ifndef TEST_CODEC_H
#define TEST_CODEC_H

#include <stdint.h>

enum { WIDTH = 102, HEIGHT = 126, RAW_BYTES = WIDTH * HEIGHT * 3, BMP_BYTES = 54 + 308 * HEIGHT };

static void pixel_at(const uint8_t *block, int x, int y, uint8_t rgb[3]) {
  const int dx = x - 51, dy = y - 58;
  const int shade = (x + y) % 16;
  if (dx * dx * 34 * 34 + dy * dy * 24 * 24 <= 24 * 24 * 34 * 34) {
    if (y < 38) {
      rgb[0] = 40 + shade; rgb[1] = 35 + shade; rgb[2] = 35 + shade;
    } else {
      rgb[0] = 200 + shade; rgb[1] = 150 + shade; rgb[2] = 120 + shade + block[16] % 16;
    }
  } else if (y > 96) {
    rgb[0] = 20 + block[17] % 32 + shade; rgb[1] = 30 + shade; rgb[2] = 60 + shade;
  } else {
    rgb[0] = rgb[1] = rgb[2] = 235 + shade;
  }
}

static void draw_raw(const uint8_t *block, uint8_t *pixels, int bgr, int bottom_up) {
  for (int y = 0; y < HEIGHT; y++) {
    for (int x = 0; x < WIDTH; x++) {
      uint8_t rgb[3];
      uint8_t *to = pixels + 3 * ((bottom_up ? HEIGHT - 1 - y : y) * WIDTH + x);
      pixel_at(block, x, y, rgb);
      to[0] = rgb[bgr ? 2 : 0];
      to[1] = rgb[1];
      to[2] = rgb[bgr ? 0 : 2];
    }
  }
}

static void put32(uint8_t *to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (8 * i));
}

static void draw_bmp(const uint8_t *block, uint8_t *bmp) {
  for (int i = 0; i < 54; i++) bmp[i] = 0;
  bmp[0] = 'B';
  bmp[1] = 'M';
  put32(bmp + 2, BMP_BYTES);
  put32(bmp + 10, 54);
  put32(bmp + 14, 40);
  put32(bmp + 18, WIDTH);
  put32(bmp + 22, HEIGHT);
  bmp[26] = 1;
  bmp[28] = 24;
  for (int y = 0; y < HEIGHT; y++) {
    uint8_t *row = bmp + 54 + 308 * (HEIGHT - 1 - y);
    for (int x = 0; x < WIDTH; x++) {
      uint8_t rgb[3];
      pixel_at(block, x, y, rgb);
      row[3 * x] = rgb[2];
      row[3 * x + 1] = rgb[1];
      row[3 * x + 2] = rgb[0];
    }
    row[306] = row[307] = 0xff;
  }
}

#endif
