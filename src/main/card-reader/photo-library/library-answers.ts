import type { PhotoLibraryCall } from '../../../shared/domain/photo-decoding.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';

const UNLICENSED = -5;

/**
 * What a call's return value says, for `GetBmp` as vendors' headers list it: 1 decoded, 0 error, -1 decoding, -2
 * suffix, -3 opening, -4 format, -5 not authorised, -6 device. `unpack` and `_Unpack` give 1. What the C++ `unpack`
 * and `Wlt2RGB` give isn't documented: programs look at the picture alone, so only negative values are refusals.
 *
 * @returns null when the picture is to be looked at.
 */
export function answerFailure(call: PhotoLibraryCall, answer: number): Failure | null {
  if (call === 'get-bmp' && answer === UNLICENSED) return failure('decoder.unlicensed', `the library said ${answer}`);
  const decoded = call === 'unpack-cpp' || call === 'wlt2rgb' ? answer >= 0 : answer === 1;
  return decoded ? null : failure('decoder.refused-photo', `the library said ${answer}`);
}

/**
 * What the loader's own words mean (dlerror of glibc and musl, FormatMessage of Windows through koffi, dyld). Its
 * words hold paths, so only a file's name is passed on.
 */
export function loadFailure(message: string): Failure {
  const missing = /(?:^|[\s:/\\'"])([^\s:/\\'"]+): cannot open shared object file/.exec(message);
  if (missing) return failure('decoder.missing', `${missing[1]} is not there`);
  if (
    /wrong ELF class|not a valid Win32 application|不是有效的 Win32 应用程序|Cannot load '.*' DLL|incompatible architecture/i.test(
      message,
    )
  ) {
    return failure('decoder.wrong-bitness');
  }
  if (/undefined symbol|procedure could not be found|找不到指定的程序|symbol not found/i.test(message)) {
    return failure('decoder.unfit', 'the library needs functions that its libraries here do not have');
  }
  const version = /version [`'"]([A-Z_]+[0-9.]+)['"] not found/.exec(message);
  if (version) return failure('decoder.missing', `the library needs ${version[1]}`);
  if (/module could not be found|找不到指定的模块|not found|no such file|Error loading shared library/i.test(message)) {
    return failure('decoder.missing', 'a file that the library depends on is not there');
  }
  return failure('decoder.unfit', 'the system’s loader refuses the library');
}
