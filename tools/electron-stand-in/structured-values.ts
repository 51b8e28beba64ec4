export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array<ArrayBuffer>;
}

export interface StructuredValues {
  /** JSON text for any value the structured clone algorithm takes, cycles excepted. Throws on functions and symbols. */
  encode(value: unknown): string;
  /** The value that {@link StructuredValues.encode} was given, typed arrays and collections included. */
  decode(text: string): unknown;
}

/**
 * The codec between JSON text and structured-clone values. It is self-contained on purpose: the host calls it, and its
 * source text is also injected into the preload's world, so both ends speak the same form.
 *
 * A value that JSON lacks becomes `{"$": kind, "v": …}`; a plain object that owns a `$` key is escaped the same way.
 */
export function structuredValues(base64: Base64): StructuredValues {
  type Tagged = { readonly $: string; readonly v?: unknown };
  type Views = Record<string, (new (buffer: ArrayBuffer) => ArrayBufferView) | undefined>;
  const tag = (kind: string, v?: unknown): Tagged => (v === undefined ? { $: kind } : { $: kind, v });
  const refuse = (what: string): never => {
    throw new TypeError(`An object could not be cloned: ${what}`);
  };
  const bytesOf = (view: ArrayBufferView): string =>
    base64.encode(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));

  function packView(view: ArrayBufferView): Tagged {
    const kind = Object.prototype.toString.call(view).slice(8, -1);
    return tag(kind, bytesOf(view));
  }

  function packObject(value: object, open: Set<object>): unknown {
    if (ArrayBuffer.isView(value)) return packView(value);
    if (value instanceof ArrayBuffer) return tag('ArrayBuffer', base64.encode(new Uint8Array(value)));
    if (value instanceof Date) return tag('Date', pack(value.getTime(), open));
    if (value instanceof RegExp) return tag('RegExp', [value.source, value.flags]);
    if (value instanceof Map)
      return tag(
        'Map',
        [...value].map(([k, v]) => [pack(k, open), pack(v, open)]),
      );
    if (value instanceof Set)
      return tag(
        'Set',
        [...value].map((v) => pack(v, open)),
      );
    if (value instanceof Error) return tag('Error', [value.name, value.message, value.stack ?? '']);
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet)
      return refuse(Object.prototype.toString.call(value));
    if (Array.isArray(value)) return value.map((item) => pack(item, open));
    const entries = Object.entries(value).map(([k, v]) => [k, pack(v, open)] as const);
    return '$' in value ? tag('Object', entries) : Object.fromEntries(entries);
  }

  function pack(value: unknown, open: Set<object>): unknown {
    if (value === undefined) return tag('undefined');
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : tag('number', Object.is(value, -0) ? '-0' : String(value));
    }
    if (typeof value === 'bigint') return tag('bigint', String(value));
    if (typeof value !== 'object') return refuse(`a ${typeof value}`);
    if (open.has(value)) return refuse('the stand-in does not provide cyclic values');
    open.add(value);
    const packed = packObject(value, open);
    open.delete(value);
    return packed;
  }

  function revive(kind: string, v: unknown): unknown {
    if (kind === 'undefined') return undefined;
    if (kind === 'number') return Number(v);
    if (kind === 'bigint') return BigInt(v as string);
    if (kind === 'ArrayBuffer') return base64.decode(v as string).buffer;
    if (kind === 'Date') return new Date(unpack(v) as number);
    if (kind === 'RegExp') return new RegExp(...(v as [string, string]));
    if (kind === 'Map') return new Map((v as [unknown, unknown][]).map(([k, x]) => [unpack(k), unpack(x)]));
    if (kind === 'Set') return new Set((v as unknown[]).map(unpack));
    if (kind === 'Object') return Object.fromEntries((v as [string, unknown][]).map(([k, x]) => [k, unpack(x)]));
    if (kind === 'Error') {
      const [name, message, stack] = v as [string, string, string];
      return Object.defineProperties(new Error(message), {
        name: { value: name, configurable: true, writable: true },
        stack: { value: stack, configurable: true, writable: true },
      });
    }
    const View = /^(DataView|(Uint|Int|Float|BigInt|BigUint)\d+(Clamped)?Array)$/.test(kind)
      ? (globalThis as unknown as Views)[kind]
      : undefined;
    return View ? new View(base64.decode(v as string).buffer) : refuse(`unknown kind ${kind}`);
  }

  function unpack(value: unknown): unknown {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    if ('$' in value) return revive(String(value.$), (value as Tagged).v);
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, unpack(v)]));
  }

  return {
    encode: (value) => JSON.stringify(pack(value, new Set())),
    decode: (text) => unpack(JSON.parse(text)),
  };
}

/** The codec as the host uses it. */
export const hostValues: StructuredValues = structuredValues({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  // A copy: small buffers share Node's pool, and a decoded view must own its whole ArrayBuffer.
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
});
