import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * The origin of a verifier's address, for example `https://verifier.example`. Plain http is for this machine only.
 *
 * @returns `request.invalid` for anything but an origin, or for http to another machine
 */
export function parseVerifierAddress(address: string): Result<string, Failure> {
  const url = URL.parse(address);
  if (url === null) return err(failure('request.invalid', 'the verifier address is not a URL'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    return err(failure('request.invalid', 'the verifier address needs https'));
  }
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare
    ? ok(url.origin)
    : err(failure('request.invalid', 'the verifier address has more than scheme, host and port'));
}
