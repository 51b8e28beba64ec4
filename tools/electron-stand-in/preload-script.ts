import type { PreloadProcess } from './preload-environment.ts';
import { preloadEnvironment } from './preload-environment.ts';
import { structuredValues } from './structured-values.ts';
import { worldBridge } from './world-bridge.ts';

/** The name of the binding by which the preload's world, and no other, reaches the host. */
export const BINDING_NAME = '__standInPost';

// Native in every Chromium since 140; used instead of btoa, which is many times slower on frames.
const PAGE_BASE64 = '{ encode: (bytes) => bytes.toBase64(), decode: (text) => Uint8Array.fromBase64(text) }';

/** The script that runs first in the page's own world: the receiving end of `contextBridge`. */
export function pageWorldScript(token: string): string {
  return `if (window === top) (${worldBridge.toString()})('page', ${JSON.stringify(token)});`;
}

/** The script that runs in the isolated world: the environment of a sandboxed preload, then the preload itself. */
export function preloadWorldScript(token: string, preloadSource: string, facts: PreloadProcess): string {
  return `if (window === top) {
  const { require, process } = (${preloadEnvironment.toString()})(
    (${structuredValues.toString()})(${PAGE_BASE64}),
    (${worldBridge.toString()})('preload', ${JSON.stringify(token)}),
    globalThis.${BINDING_NAME},
    ${JSON.stringify(facts)},
  );
  const module = { exports: {} };
  (function (require, module, exports, process) {
${preloadSource}
  })(require, module, module.exports, process);
}`;
}
