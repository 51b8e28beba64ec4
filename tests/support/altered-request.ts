import type { WholeRequest } from '../../src/fake-vendor/vendor-model.ts';

export interface AlteredRequest {
  /** What was altered, and at which place. */
  readonly where: string;
  readonly change: WholeRequest;
}

/** The request again and again, each time with one byte of its address, its body or the given headers altered. */
export function withEachByteAltered(request: WholeRequest, headers: readonly string[]): readonly AlteredRequest[] {
  const { url, body } = request;
  const ofHeaders = headers.flatMap((name) =>
    each(request.headers[name] ?? '').map(([at, value]) => ({
      where: `${name} ${at}`,
      change: { ...request, headers: { ...request.headers, [name]: value } },
    })),
  );
  const ofUrl = each(url)
    // Without its first slash it is no address, and a broken escape is no query.
    .filter(([at, value]) => at > 0 && isDecodable(value))
    .map(([at, value]) => ({ where: `url ${at}`, change: { ...request, url: value } }));
  const ofBody = [...body.keys()].map((at) => {
    const altered = Buffer.from(body);
    altered[at] = (altered[at] ?? 0) ^ 1;
    return { where: `body ${at}`, change: { ...request, body: altered } };
  });
  return [...ofHeaders, ...ofUrl, ...ofBody];
}

function each(text: string): readonly (readonly [number, string])[] {
  return [...text].map((character, at) => {
    const other = character === '0' ? '1' : '0';
    return [at, `${text.slice(0, at)}${other}${text.slice(at + 1)}`] as const;
  });
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}
