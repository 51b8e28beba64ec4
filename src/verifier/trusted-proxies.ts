import { isIP } from 'node:net';
import { err, ok, type Result } from '../shared/result.ts';

const MOST = 32;

/**
 * Reads the proxies whose `X-Forwarded-For` is believed: addresses and networks (`10.0.0.5`, `10.1.0.0/16`, `fd00::/8`),
 * separated by commas. A network of all addresses is refused: then everybody could say where they come from.
 */
export function parseTrustedProxies(text: string): Result<readonly string[], string> {
  const proxies = text.split(',').map((each) => each.trim());
  if (proxies.length > MOST) return err(`--trust-proxy takes at most ${MOST} addresses`);
  const position = proxies.findIndex((each) => !isAddressOrNetwork(each));
  if (position < 0) return ok(proxies);
  return err(`--trust-proxy: number ${position + 1} is no address and no network such as 10.1.0.0/16`);
}

function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || address.includes('%')) return false;
  if (prefix === undefined) return true;
  const bits = /^[1-9]\d{0,2}$/.test(prefix) ? Number(prefix) : 0;
  return bits >= 1 && bits <= (version === 4 ? 32 : 128);
}
