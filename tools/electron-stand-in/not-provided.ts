import { EventEmitter } from 'node:events';

// Read by the language, by `await`, and by printers and assertion libraries to find out what a value is.
const PROBED_BY_RUNTIMES = new Set(['then', 'toJSON', 'inspect', 'addEventListener', 'asymmetricMatch', 'nodeType']);

// Node listens for these by itself, for example in `events.once`.
const NODE_EVENTS = ['error', 'newListener', 'removeListener'];

type Listener = Parameters<EventEmitter['on']>[1];

/** The error thrown for every part of Electron that the stand-in lacks. */
export function notProvided(what: string): Error {
  return new Error(`the stand-in does not provide ${what}`);
}

function throwOnAbsent(name: string): ProxyHandler<object> {
  return {
    get(target, key, receiver): unknown {
      if (key in target || typeof key === 'symbol' || PROBED_BY_RUNTIMES.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw notProvided(`${name}.${key}`);
    },
  };
}

/** Wraps `members` so that reading a property that isn't there throws instead of giving `undefined`. */
export function strictObject<T extends object>(name: string, members: T): T {
  return new Proxy(members, throwOnAbsent(name)) as T;
}

/** A value for an Electron export that is missing as a whole: it can be imported, but any use of it throws. */
export function absent(name: string): never {
  const fail = (): never => {
    throw notProvided(name);
  };
  return new Proxy(function absentExport() {}, {
    get(_target, key) {
      if (typeof key === 'symbol' || PROBED_BY_RUNTIMES.has(key)) return undefined;
      throw notProvided(`${name}.${key}`);
    },
    apply: fail,
    construct: fail,
  }) as never;
}

/**
 * A base class for emitters that throws when an absent property is read, and when a listener is added for an event
 * that is not in `events`. `'any'` allows every event name.
 */
export function strictEmitter(name: string, events: readonly string[] | 'any'): typeof EventEmitter {
  const known = events === 'any' ? undefined : new Set([...events, ...NODE_EVENTS]);
  const check = (event: string | symbol): void => {
    if (known && typeof event === 'string' && !known.has(event)) throw notProvided(`${name}.on('${event}')`);
  };
  class StrictEmitter extends EventEmitter {
    override on(event: string | symbol, listener: Listener): this {
      check(event);
      return super.on(event, listener);
    }
    override addListener(event: string | symbol, listener: Listener): this {
      return this.on(event, listener);
    }
    override prependListener(event: string | symbol, listener: Listener): this {
      check(event);
      return super.prependListener(event, listener);
    }
  }
  // The proxy sits behind the class, so private fields of subclasses still see the real object.
  Object.setPrototypeOf(StrictEmitter.prototype, new Proxy(EventEmitter.prototype, throwOnAbsent(name)));
  Object.setPrototypeOf(StrictEmitter, new Proxy(EventEmitter, throwOnAbsent(name)));
  return StrictEmitter as typeof EventEmitter;
}
