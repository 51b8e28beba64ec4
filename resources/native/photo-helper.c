/*
 * Decodes card photos with a vendor's library of another word size than Countersign's own: it loads the library,
 * calls it for each block that arrives on standard input, and answers on standard output. The protocol is described
 * in src/main/card-reader/photo-library/helper-protocol.ts. It needs nothing but the C library.
 *
 * Build: node scripts/build-photo-helper.ts
 */
#ifndef _WIN32
#define _GNU_SOURCE
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <windows.h>
#else
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#endif

#if defined(_WIN32) && defined(__i386__)
#define STDCALL __attribute__((stdcall))
#else
#define STDCALL
#endif

enum {
  BLOCK_BYTES = 1024,
  /* A well-meaning library may read on behind the block. */
  BLOCK_ROOM_BYTES = 4096,
  RAW_BYTES = 102 * 126 * 3,
  BMP_BYTES = 54 + 308 * 126,
  GUARD_BYTES = 64 * 1024,
  MOST_BODY_BYTES = 64 * 1024,
  MOST_PATH_BYTES = 4096,
  MOST_FOLDER_BYTES = 256,
  MOST_FILE_BYTES = MOST_FOLDER_BYTES + 16,
  /* Longer than the owner waits: only a helper without an owner ever hears it. */
  ALARM_S = 15
};
enum { MAGIC = 0x48505343 };
enum { LOAD = 1, DECODE = 2, LOADED = 129, PICTURE = 130, FAILED = 131 };
enum { UNPACK, UNPACK_CPP, UNPACK_BMP, GET_BMP, WLT2RGB, CALLS };
enum { MISSING, WRONG_BITNESS, UNFIT, UNLICENSED, REFUSED, IMPLAUSIBLE };
enum { RAW_FORM, BMP_FORM };

/* Where each call is found; 32-bit Windows compilers decorate the names of stdcall functions, each in its way. */
enum { NAMES_PER_CALL = 3 };
static const char *const NAMES[CALLS][NAMES_PER_CALL] = {
  {"unpack", "_unpack@12", "unpack@12"},
  {"_Z6unpackPcS_i", "__Z6unpackPcS_i@12", "_Z6unpackPcS_i@12"},
  {"_Unpack", "__Unpack@16", "_Unpack@16"},
  {"GetBmp", "_GetBmp@8", "GetBmp@8"},
  {"Wlt2RGB", "_Wlt2RGB@20", "Wlt2RGB@20"},
};

typedef int (*UnpackFunction)(uint8_t *, uint8_t *, int);
typedef int (*UnpackBmpFunction)(uint8_t *, int, uint8_t *, int *);
typedef int(STDCALL *GetBmpFunction)(const char *, int);
typedef int (*Wlt2RgbFunction)(uint8_t *, uint8_t *, int, int, const char *);
typedef void (*AnyFunction)(void);

static FILE *answers;
static AnyFunction function;
static uint32_t call, vendor_code;
static char path[MOST_PATH_BYTES], folder[MOST_FOLDER_BYTES];
static uint8_t block[BLOCK_ROOM_BYTES];
static uint8_t guarded[GUARD_BYTES + BMP_BYTES + GUARD_BYTES];
static uint8_t *const output = guarded + GUARD_BYTES;

/* --- The channel ------------------------------------------------------------------------------------------- */

static uint32_t get32(const uint8_t *from) {
  return from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
}

static void put32(uint32_t value) {
  for (int i = 0; i < 4; i++) fputc((int)(value >> (8 * i) & 0xff), answers);
}

static void begin(uint32_t kind, uint32_t length) {
  put32(MAGIC);
  put32(kind);
  put32(length);
}

static void answer_loaded(void) {
  begin(LOADED, 0);
  fflush(answers);
}

static void answer_failed(uint32_t reason, const char *detail) {
  const uint32_t length = (uint32_t)strlen(detail);
  begin(FAILED, 8 + length);
  put32(reason);
  put32(length);
  fwrite(detail, 1, length, answers);
  fflush(answers);
}

static void answer_picture(uint32_t form, const uint8_t *bytes, uint32_t length) {
  begin(PICTURE, 4 + length);
  put32(form);
  fwrite(bytes, 1, length, answers);
  fflush(answers);
}

static void read_fully(uint8_t *to, uint32_t length) {
  /* The owner has closed the channel. */
  if (fread(to, 1, length, stdin) != length) exit(0);
}

/* Copies a text out of a body, whose rest it gives; NULL when it doesn't fit. */
static const uint8_t *take_text(const uint8_t *from, const uint8_t *end, char *to, uint32_t room) {
  if (end - from < 4) return NULL;
  const uint32_t length = get32(from);
  from += 4;
  if (length >= room || (uint32_t)(end - from) < length || memchr(from, 0, length)) return NULL;
  memcpy(to, from, length);
  to[length] = 0;
  return from + length;
}

/* --- The system -------------------------------------------------------------------------------------------- */

#ifdef _WIN32

static HANDLE returned;
static DWORD WINAPI end_when_late(void *unused) {
  (void)unused;
  if (WaitForSingleObject(returned, ALARM_S * 1000) == WAIT_TIMEOUT) TerminateProcess(GetCurrentProcess(), 3);
  return 0;
}
static HANDLE watch;
static void start_alarm(void) {
  if (!returned) returned = CreateEventW(NULL, FALSE, FALSE, NULL);
  watch = CreateThread(NULL, 0, end_when_late, NULL, 0, NULL);
}
static void stop_alarm(void) {
  SetEvent(returned);
  WaitForSingleObject(watch, INFINITE);
  CloseHandle(watch);
}

static void to_wide(const char *text, wchar_t *wide) {
  if (!MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, MOST_PATH_BYTES)) wide[0] = 0;
}

/* Standard output becomes a file of ours, so that what a library prints isn't taken for an answer. */
static void prepare_process(void) {
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  _setmode(_fileno(stdin), _O_BINARY);
  const int own = _dup(_fileno(stdout));
  _setmode(own, _O_BINARY);
  answers = _fdopen(own, "wb");
  if (!answers || !freopen("NUL", "w", stdout) || !freopen("NUL", "w", stderr)) exit(2);
}

static void enter_folder(void) {
  static wchar_t wide[MOST_PATH_BYTES];
  to_wide(folder, wide);
  SetCurrentDirectoryW(wide);
}

static int load_library(void) {
  static wchar_t wide[MOST_PATH_BYTES];
  to_wide(path, wide);
  /* Libraries that lie beside it are found too. */
  HMODULE module = LoadLibraryExW(wide, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (!module) {
    const DWORD error = GetLastError();
    if (error == ERROR_BAD_EXE_FORMAT) answer_failed(WRONG_BITNESS, "the system refuses its format");
    else if (error == ERROR_MOD_NOT_FOUND) answer_failed(MISSING, "it, or a file that it depends on, is not there");
    else if (error == ERROR_PROC_NOT_FOUND) answer_failed(UNFIT, "it needs functions that its libraries do not have");
    else answer_failed(UNFIT, "the system's loader refuses the library");
    return 0;
  }
  for (int i = 0; i < NAMES_PER_CALL && !function; i++) function = (AnyFunction)(void *)GetProcAddress(module, NAMES[call][i]);
  return 1;
}

#else

static void start_alarm(void) { alarm(ALARM_S); }
static void stop_alarm(void) { alarm(0); }

static void prepare_process(void) {
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  const int own = dup(STDOUT_FILENO);
  fcntl(own, F_SETFD, FD_CLOEXEC);
  answers = fdopen(own, "wb");
  if (!answers || !freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) exit(2);
}

static void enter_folder(void) {
  if (chdir(folder) != 0) exit(2);
}

static int load_library(void) {
  void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!module) {
    const char *said = dlerror();
    if (strstr(said, "cannot open shared object file")) answer_failed(MISSING, "it, or a file that it depends on, is not there");
    else if (strstr(said, "wrong ELF class")) answer_failed(WRONG_BITNESS, "");
    else if (strstr(said, "undefined symbol")) answer_failed(UNFIT, "it needs functions that its libraries do not have");
    else if (strstr(said, "not found")) answer_failed(MISSING, "it needs another version of a library");
    else answer_failed(UNFIT, "the system's loader refuses the library");
    return 0;
  }
  for (int i = 0; i < NAMES_PER_CALL && !function; i++) {
    void *symbol = dlsym(module, NAMES[call][i]);
    memcpy(&function, &symbol, sizeof function);
  }
  return 1;
}

#endif

/* --- The library ------------------------------------------------------------------------------------------- */

static uint8_t canary(uint32_t index) { return (uint8_t)(index * 151 + 89); }

static void prepare_output(uint32_t length) {
  for (uint32_t i = 0; i < sizeof guarded; i++) guarded[i] = canary(i);
  memset(output, 0, length);
}

static uint32_t overwritten(uint32_t length) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < sizeof guarded; i++) {
    if ((i < GUARD_BYTES || i >= GUARD_BYTES + length) && guarded[i] != canary(i)) count++;
  }
  return count;
}

static void join_path(char *to, const char *name) { snprintf(to, MOST_FILE_BYTES, "%s/%s", folder, name); }

/* Overwritten before it is deleted. The owner sweeps the folder again, also after a crash. */
static void destroy(const char *file_path) {
  static const uint8_t zeros[BMP_BYTES];
  FILE *file = fopen(file_path, "r+b");
  if (file) {
    fwrite(zeros, 1, sizeof zeros, file);
    fclose(file);
  }
  remove(file_path);
}

/* GetBmp works on files: id.wlt, beside which it writes id.bmp. Gives the picture's length, or -1. */
static int get_bmp(int *bmp_length) {
  static char input[MOST_FILE_BYTES], result[MOST_FILE_BYTES];
  join_path(input, "id.wlt");
  join_path(result, "id.bmp");
  *bmp_length = 0;
  FILE *file = fopen(input, "wb");
  if (!file) return -3;
  const size_t written = fwrite(block, 1, BLOCK_BYTES, file);
  fclose(file);
  const int said = written == BLOCK_BYTES ? ((GetBmpFunction)function)(input, (int)vendor_code) : -3;
  file = fopen(result, "rb");
  if (file) {
    /* One byte more shows that a file is longer. */
    *bmp_length = (int)fread(output, 1, BMP_BYTES + 1, file);
    fclose(file);
  }
  destroy(input);
  destroy(result);
  return said;
}

/*
 * Whether a 32-bit DLL's functions remove their arguments (stdcall) or leave that to the caller isn't known of every
 * library. A function with memory of unknown size on its stack finds its own way back, so that either is right.
 */
__attribute__((noinline))
static int call_library(int *bmp_length) {
  char file[MOST_FILE_BYTES + call];
  switch (call) {
    case UNPACK:
      return ((UnpackFunction)function)(block, output, 0);
    case UNPACK_CPP:
      return ((UnpackFunction)function)(block, output, (int)vendor_code);
    case UNPACK_BMP:
      return ((UnpackBmpFunction)function)(block, BLOCK_BYTES, output, bmp_length);
    case GET_BMP:
      return get_bmp(bmp_length);
    default:
      join_path(file, "id.bmp");
      return ((Wlt2RgbFunction)function)(block, output, (int)vendor_code, 0, file);
  }
}

static int is_bitmap_call(void) { return call == UNPACK_BMP || call == GET_BMP; }

static void decode(void) {
  const uint32_t length = is_bitmap_call() ? BMP_BYTES : RAW_BYTES;
  char detail[80] = "";
  int bmp_length = BMP_BYTES;
  enter_folder();
  /* GetBmp's picture is read here, with one byte more than it should have. */
  prepare_output(call == GET_BMP ? length + 1 : length);
  start_alarm();
  const int said = call_library(&bmp_length);
  stop_alarm();
  const uint32_t spoilt = overwritten(call == GET_BMP ? length + 1 : length);
  const int decoded = call == UNPACK_CPP || call == WLT2RGB ? said >= 0 : said == 1;
  snprintf(detail, sizeof detail, "the library said %d", said);
  if (spoilt) {
    snprintf(detail, sizeof detail, "the library overwrote %u bytes beside the picture", (unsigned)spoilt);
    answer_failed(UNFIT, detail);
  } else if (call == GET_BMP && said == -5) {
    answer_failed(UNLICENSED, detail);
  } else if (!decoded) {
    answer_failed(REFUSED, detail);
  } else if (is_bitmap_call() && bmp_length != BMP_BYTES) {
    snprintf(detail, sizeof detail, "a picture of %d bytes", bmp_length);
    answer_failed(IMPLAUSIBLE, detail);
  } else {
    answer_picture(is_bitmap_call() ? BMP_FORM : RAW_FORM, output, length);
  }
  memset(guarded, 0, sizeof guarded);
  memset(block, 0, sizeof block);
}

static void load(const uint8_t *body, uint32_t length) {
  const uint8_t *const end = body + length;
  if (function || length < 8) exit(2);
  call = get32(body);
  vendor_code = get32(body + 4);
  body = take_text(body + 8, end, path, sizeof path);
  if (body) body = take_text(body, end, folder, sizeof folder);
  if (body != end || call >= CALLS || vendor_code > 65535) exit(2);
  enter_folder();
  start_alarm();
  const int loaded = load_library();
  stop_alarm();
  if (!loaded) return;
  if (function) answer_loaded();
  else answer_failed(UNFIT, "the library does not have the function");
}

int main(void) {
  static uint8_t header[12], body[MOST_BODY_BYTES];
  prepare_process();
  for (;;) {
    read_fully(header, sizeof header);
    const uint32_t kind = get32(header + 4), length = get32(header + 8);
    if (get32(header) != MAGIC || length > MOST_BODY_BYTES) return 2;
    read_fully(body, length);
    if (kind == LOAD) {
      load(body, length);
    } else if (kind == DECODE && function && length == BLOCK_BYTES) {
      memcpy(block, body, BLOCK_BYTES);
      memset(body, 0, BLOCK_BYTES);
      decode();
    } else {
      return 2;
    }
  }
}
