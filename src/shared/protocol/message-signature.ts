/**
 * The part of HTTP Message Signatures (RFC 9421) that kv1 uses: one signature labelled `kv1`, Ed25519, and a fixed
 * list of components per kind of message. Anything else is refused instead of interpreted, so that a signature never
 * covers less than it seems to. No cryptography here: callers sign and verify the base.
 */
export interface Component {
  /** As in Signature-Input, quoted, with parameters: `"@method"`, `"signature";req`. */
  readonly name: string;
  readonly value: string;
}

export interface SignatureParameters {
  /** Seconds since the Unix epoch. */
  readonly created: number;
  /** Seconds since the Unix epoch; null in answers, which are bound to their request instead. */
  readonly expires: number | null;
  readonly nonce: string | null;
  readonly keyId: string;
}

export const SIGNATURE_LABEL = 'kv1';

export interface SignatureBase {
  /** What is signed (RFC 9421 section 2.5). */
  readonly base: string;
  /** Value of the Signature-Input header. */
  readonly signatureInput: string;
}

/**
 * Covers the components in the order given; names and values are taken as they are, neither quoted nor escaped here.
 */
export function signatureBaseOf(components: readonly Component[], parameters: SignatureParameters): SignatureBase {
  const inner = `(${components.map((component) => component.name).join(' ')})${parameterText(parameters)}`;
  const lines = components.map(({ name, value }) => `${name}: ${value}`);
  return {
    base: [...lines, `"@signature-params": ${inner}`].join('\n'),
    signatureInput: `${SIGNATURE_LABEL}=${inner}`,
  };
}

function parameterText({ created, expires, nonce, keyId }: SignatureParameters): string {
  const optional = `${expires === null ? '' : `;expires=${expires}`}${nonce === null ? '' : `;nonce="${nonce}"`}`;
  return `;created=${created}${optional};keyid="${keyId}";alg="ed25519"`;
}

/** Value of the Signature header for 64 signature bytes in base64. */
export function signatureHeader(base64: string): string {
  return `${SIGNATURE_LABEL}=:${base64}:`;
}

/** Base64 text inside a Signature header, or null when it isn't one Ed25519 signature labelled `kv1`. */
export function parseSignatureHeader(value: string): string | null {
  return /^kv1=:([A-Za-z0-9+/]{86}==):$/.exec(value)?.[1] ?? null;
}

const INPUT =
  /^kv1=\(([^()]*)\);created=(\d{1,12})(?:;expires=(\d{1,12}))?(?:;nonce="([\w-]{16,64})")?;keyid="([\w.:-]{1,100})";alg="ed25519"$/;

export interface ParsedSignatureInput {
  readonly componentNames: readonly string[];
  readonly parameters: SignatureParameters;
}

/** Parses a Signature-Input header written as this protocol writes it; null for any other shape. */
export function parseSignatureInput(value: string): ParsedSignatureInput | null {
  const match = INPUT.exec(value);
  if (match === null) return null;
  const [, names = '', created, expires, nonce, keyId = ''] = match;
  return {
    componentNames: names.split(' '),
    parameters: {
      created: Number(created),
      expires: expires === undefined ? null : Number(expires),
      nonce: nonce ?? null,
      keyId,
    },
  };
}

/** True when a signature covers exactly these components, in this order. */
export function coversExactly(input: ParsedSignatureInput, components: readonly Component[]): boolean {
  return (
    input.componentNames.length === components.length &&
    components.every((component, index) => component.name === input.componentNames[index])
  );
}

/** Content type of a piece of an artifact. JSON has its own. */
export const BINARY_TYPE = 'application/octet-stream';

/** Methods whose requests carry a body. All others, DELETE too, have none: their digest is that of no bytes. */
export function carriesBody(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH';
}

export interface SignedRequestParts {
  /** Upper case. */
  readonly method: string;
  /** Absolute, as sent: scheme, authority, path and query. So the query is covered, and nothing else covers it. */
  readonly targetUri: string;
  readonly contentDigest: string;
  readonly kvSeq: string;
  /**
   * Null exactly for methods that carry no body (`carriesBody`). The content type is that of the header, letter for
   * letter: `application/json` (at most 1 MiB) or, for PUT and PATCH of artifacts, `application/octet-stream` (at most
   * one piece). The idempotency key names one effect:
   * - JSON: one key per effect that is wanted, sent again with every try of it. Whoever has nothing better takes the
   *   first 32 hexadecimal digits of SHA-256 over `effectText`; a batch from the outbox over its body alone. The
   *   verifier refuses the same key for another method, address or body.
   * - PUT and PATCH of artifacts: always the first 32 hexadecimal digits of SHA-256 over `effectText`.
   */
  readonly body: { readonly contentType: string; readonly idempotencyKey: string } | null;
}

/** What an idempotency key is made of: `METHOD target-uri digest`, each as it is signed, one space between. */
export function effectText(parts: Pick<SignedRequestParts, 'method' | 'targetUri' | 'contentDigest'>): string {
  return `${parts.method} ${parts.targetUri} ${parts.contentDigest}`;
}

/** What a request's signature covers. */
export function requestComponents(parts: SignedRequestParts): readonly Component[] {
  return [
    { name: '"@method"', value: parts.method },
    { name: '"@target-uri"', value: parts.targetUri },
    { name: '"content-digest"', value: parts.contentDigest },
    ...(parts.body === null
      ? []
      : [
          { name: '"content-type"', value: parts.body.contentType },
          { name: '"idempotency-key"', value: parts.body.idempotencyKey },
        ]),
    { name: '"kv-seq"', value: parts.kvSeq },
  ];
}

export interface SignedAnswerParts {
  readonly status: number;
  readonly contentDigest: string;
  readonly serverTimeMs: string;
  /** Signature header of the request that is answered; null when the request had none. */
  readonly requestSignature: string | null;
}

/** What an answer's signature covers: bound to its request, so that answers can't be swapped. */
export function answerComponents(parts: SignedAnswerParts): readonly Component[] {
  return [
    { name: '"@status"', value: String(parts.status) },
    { name: '"content-digest"', value: parts.contentDigest },
    { name: '"kv-server-time"', value: parts.serverTimeMs },
    ...(parts.requestSignature === null ? [] : [{ name: '"signature";req', value: parts.requestSignature }]),
  ];
}
