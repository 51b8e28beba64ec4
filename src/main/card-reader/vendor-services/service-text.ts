import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { serviceMalformed } from './service-failures.ts';

/** Two-byte characters of UTF-8 other than the middle dot of names: cards have none, GBK read as UTF-8 does. */
const DOUBTFUL_IN_UTF8 = /[\u0080-\u00b6\u00b8-\u07ff]/;
const CHINESE = /[\u4e00-\u9fff]/;

/**
 * Decodes an answer that is UTF-8 or, as some services send it with or without saying so, GBK (as its superset
 * GB 18030). What could be either, or is damaged, is `reader.service-malformed`: a guess would alter names.
 */
export function decodeServiceText(bytes: Uint8Array, contentType = ''): Result<string, Failure> {
  const declaredGbk = /charset="?gb(k|2312|18030)/i.test(contentType);
  if (!declaredGbk) {
    const utf8 = strictly('utf-8', bytes);
    if (utf8 !== null) return DOUBTFUL_IN_UTF8.test(utf8) ? err(serviceMalformed('encoding')) : ok(utf8);
    // Damaged UTF-8 still shows Chinese where it is whole; GBK read as UTF-8 shows next to none.
    if (CHINESE.test(new TextDecoder('utf-8').decode(bytes))) return err(serviceMalformed('encoding'));
  }
  const gb = strictly('gb18030', bytes);
  return gb === null ? err(serviceMalformed('encoding')) : ok(gb);
}

/**
 * Parses the JSON of an answer, also inside the call of a JSONP answer: `callback({…});`.
 *
 * @returns `reader.service-malformed` with `HTML` or `JSON` when it is something else.
 */
export function parseServiceJson(text: string): Result<unknown, Failure> {
  const bare = text.trim();
  if (bare.startsWith('<')) return err(serviceMalformed('HTML instead of JSON'));
  const wrapped = /^(?:\/\*\*\/)?\s*[\w$.]{1,100}\s*\((?<json>[\s\S]*)\)\s*;?$/.exec(bare);
  try {
    return ok(JSON.parse(wrapped?.groups?.['json'] ?? bare) as unknown);
  } catch {
    return err(serviceMalformed('JSON'));
  }
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
