/* A library with the fault that -D names; without one it decodes. Faults of vendors' libraries, and worse. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "test-codec.h"

#if defined(NEEDS_SYMBOL)
int function_of_nobody(void);
#endif
#if defined(CRASHES_ON_LOAD)
__attribute__((constructor)) static void loaded(void) { abort(); }
#elif defined(HANGS_ON_LOAD)
__attribute__((constructor)) static void loaded(void) { for (;;) pause(); }
#endif

#if !defined(NO_FUNCTION)
int unpack(uint8_t *wlt, uint8_t *rgb, int save) {
  (void)save;
#if defined(SEGFAULTS)
  *(volatile int *)8 = 1;
#elif defined(ABORTS)
  abort();
#elif defined(EXITS)
  exit(0);
#elif defined(HANGS)
  for (;;) pause();
#elif defined(SPINS)
  for (volatile unsigned i = 0;; i++) {}
#elif defined(OVERRUNS)
  memset(rgb + RAW_BYTES, 0, 612);
#elif defined(UNDERRUNS)
  rgb[-1] = 0x77;
#elif defined(ANSWERS)
  return ANSWERS;
#elif defined(PRINTS)
  for (int i = 0; i < 2000; i++) {
    printf("{\"type\":\"reply\",\"id\":1} CSPH decoding, please wait %d\n", i);
    fprintf(stderr, "warning %d\n", i);
  }
  fflush(stdout);
#elif defined(MOVES)
  if (chdir("/") != 0) return -1;
#elif defined(LITTERS) || defined(LITTERS_AND_CRASHES) || defined(LITTERS_THEN_HANGS)
  FILE *file = fopen("zp.bmp", "wb");
  if (file) { fwrite(wlt, 1, 1024, file); fclose(file); }
  mkdir("cache", 0755);
  file = fopen("cache/last.wlt", "wb");
  if (file) { fwrite(wlt, 1, 1024, file); fclose(file); }
#if defined(LITTERS_AND_CRASHES)
  abort();
#elif defined(LITTERS_THEN_HANGS)
  for (;;) pause();
#endif
#elif defined(WRITES_NOTHING)
  return 1;
#elif defined(FLAT)
  memset(rgb, 128, RAW_BYTES);
  return 1;
#elif defined(NOISE)
  unsigned state = 1;
  for (int i = 0; i < RAW_BYTES; i++) rgb[i] = (uint8_t)((state = state * 1664525u + 1013904223u) >> 24);
  return 1;
#elif defined(REMEMBERS)
  static uint8_t first[1024];
  if (first[0] == 0) memcpy(first, wlt, sizeof first);
  wlt = first;
#elif defined(CRASHES_ON_SECOND)
  static int calls = 0;
  if (++calls == 2) abort();
#elif defined(SPOILS_BLOCK)
  memset(wlt, 0xff, 1024);
#elif defined(NEEDS_SYMBOL)
  return function_of_nobody();
#elif defined(NEEDS_LIBRARY)
  extern int function_of_dependency(void);
  if (function_of_dependency() != 7) return -1;
#endif
#if defined(SPOILS_BLOCK)
  return -1;
#else
  draw_raw(wlt, rgb, 0, 0);
  return 1;
#endif
}
#endif

int _Unpack(uint8_t *wlt, int length, uint8_t *bmp, int *bmp_length) {
  (void)length;
  draw_bmp(wlt, bmp);
  *bmp_length = BMP_BYTES;
#if defined(WRONG_LENGTH)
  *bmp_length = BMP_BYTES + 612;
#elif defined(WRONG_WIDTH)
  put32(bmp + 18, WIDTH + 2);
#elif defined(WRONG_DEPTH)
  bmp[28] = 32;
#elif defined(NOT_A_BITMAP)
  bmp[0] = 0xff;
#endif
  return 1;
}

int GetBmp(const char *path, int port) {
  (void)port;
#if defined(ANSWERS)
  return ANSWERS;
#else
  (void)path;
  return 1;
#endif
}
