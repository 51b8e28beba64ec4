import { useEffect, useEffectEvent } from 'react';

/** What keys do, by the key's own name: `F2`, `a`, `Escape`. */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** Parts of the window that take keys, the newest last: it is asked first. */
const layers = new Set<(event: KeyboardEvent) => boolean>();

function isTyping(target: EventTarget | null): boolean {
  const fields = 'input:not([type="radio"], [type="checkbox"]), textarea, select';
  return target instanceof HTMLElement && target.closest(fields) !== null;
}

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (document.querySelector('dialog[open]') !== null) return;
  if ([...layers].reverse().some((take) => take(event))) event.preventDefault();
}

/** Keys of this part of the window. Letters do nothing while somebody types, and nothing does while a dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const take = useEffectEvent((event: KeyboardEvent): boolean => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const run = shortcuts[key];
    if (run === undefined || (key.length === 1 && isTyping(event.target))) return false;
    run();
    return true;
  });
  useEffect(() => {
    const layer = (event: KeyboardEvent): boolean => take(event);
    if (layers.size === 0) addEventListener('keydown', press);
    layers.add(layer);
    return () => {
      layers.delete(layer);
      if (layers.size === 0) removeEventListener('keydown', press);
    };
  }, []);
}
