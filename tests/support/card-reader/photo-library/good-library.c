/*
 * Vendors' calls, with the signatures of their headers, around the test codec. -DBGR and -DBOTTOM_UP change the
 * order of raw pixels; -DALL_STDCALL makes the calls that aren't so anyway remove their own arguments.
 */
#include <stdio.h>
#include <string.h>
#include "test-codec.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif
#if defined(_WIN32) && defined(__i386__)
#define STDCALL __attribute__((stdcall))
#else
#define STDCALL
#endif
#ifdef ALL_STDCALL
#define OWN __attribute__((stdcall))
#else
#define OWN
#endif
#ifdef BGR
#define IS_BGR 1
#else
#define IS_BGR 0
#endif
#ifdef BOTTOM_UP
#define IS_BOTTOM_UP 1
#else
#define IS_BOTTOM_UP 0
#endif

enum { VENDOR_CODE = 752, USB = 2, DECODED = 1, BAD_BLOCK = -4 };

static int is_block(const uint8_t *block) { return block[0] == 'W' && block[1] == 'L'; }

EXPORT int OWN unpack(uint8_t *wlt, uint8_t *rgb, int save) {
  if (save != 0 || !is_block(wlt)) return BAD_BLOCK;
  draw_raw(wlt, rgb, IS_BGR, IS_BOTTOM_UP);
  return DECODED;
}

/* unpack(char*, char*, int) of C++ */
EXPORT int OWN _Z6unpackPcS_i(char *wlt, char *rgb, int vendor_code) {
  if (vendor_code != VENDOR_CODE || !is_block((uint8_t *)wlt)) return BAD_BLOCK;
  draw_raw((uint8_t *)wlt, (uint8_t *)rgb, IS_BGR, IS_BOTTOM_UP);
  return 0;
}

EXPORT int OWN _Unpack(uint8_t *wlt, int length, uint8_t *bmp, int *bmp_length) {
  if (length != 1024 || !is_block(wlt)) return BAD_BLOCK;
  draw_bmp(wlt, bmp);
  *bmp_length = BMP_BYTES;
  return DECODED;
}

EXPORT int OWN Wlt2RGB(uint8_t *wlt, uint8_t *rgb, int vendor_code, int save, const char *path) {
  if (vendor_code != VENDOR_CODE || save != 0 || strlen(path) == 0 || !is_block(wlt)) return BAD_BLOCK;
  draw_raw(wlt, rgb, IS_BGR, IS_BOTTOM_UP);
  return DECODED;
}

/* Like vendors': licensed for one connection only, and with a licence beside it where it runs. */
EXPORT int STDCALL GetBmp(const char *path, int port) {
  uint8_t block[1024], bmp[BMP_BYTES];
  char output[256];
  const size_t length = strlen(path);
  if (port != USB) return -5;
  if (length < 5 || length >= sizeof output || strcmp(path + length - 4, ".wlt") != 0) return -2;
  FILE *licence = fopen("license.dat", "rb");
  if (!licence) return -5;
  fclose(licence);
  FILE *file = fopen(path, "rb");
  if (!file) return -3;
  const size_t got = fread(block, 1, sizeof block, file);
  fclose(file);
  if (got != sizeof block || !is_block(block)) return BAD_BLOCK;
  draw_bmp(block, bmp);
  strcpy(output, path);
  strcpy(output + length - 4, ".bmp");
  file = fopen(output, "wb");
  if (!file) return -3;
  fwrite(bmp, 1, sizeof bmp, file);
  fclose(file);
  return DECODED;
}
