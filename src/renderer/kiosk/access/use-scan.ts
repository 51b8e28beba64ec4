import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { createHeldKeys, isSwitchKey } from './held-keys.ts';
import { nextInScan } from './scan-cycle.ts';
import { scanOrder } from './scan-order.ts';

/** Where nobody has set a pace. */
const USUAL_SECONDS = 2;

/** `by-itself`: the focus goes on by a timer, for one switch. `by-hand`: the second switch, Tab, moves it. */
type Scan = 'off' | 'by-itself' | 'by-hand';

function goOn(): void {
  const current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  nextInScan(scanOrder(document), current)?.focus();
}

/** A checkbox takes the Space key by itself and a button both; what takes neither is pressed here. */
function choose(event: KeyboardEvent): void {
  if (event.key === 'Enter' && document.activeElement instanceof HTMLInputElement) document.activeElement.click();
}

/**
 * For people who have one or two switches instead of hands: the focus goes from control to control by a timer, and any
 * switch presses the one it is on; Tab takes it over. It begins with the first switch where the terminal is set up for
 * it, else when two are held; a touch ends it, and so does the wipe.
 */
export function useScan(view: KioskView): void {
  const [scan, setScan] = useState<Scan>('off');
  const [before, setBefore] = useState(view.screen);
  const held = useRef(createHeldKeys());
  if (view.screen !== before) {
    setBefore(view.screen);
    if (view.screen === 'attract') setScan('off');
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const holds = held.current.press(event.key, event.timeStamp);
    if (scan === 'off') {
      const begins = holds || (view.scanSeconds !== undefined && isSwitchKey(event.key) && !event.repeat);
      if (!begins) return;
      event.preventDefault();
      setScan('by-itself');
      goOn();
      return;
    }
    if (event.repeat) return event.preventDefault();
    if (event.key !== 'Tab') return choose(event);
    event.preventDefault();
    setScan('by-hand');
    goOn();
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => onKey(event);
    const released = (event: KeyboardEvent): void => held.current.release(event.key);
    const touched = (): void => setScan('off');
    window.addEventListener('keydown', pressed, true);
    window.addEventListener('keyup', released, true);
    window.addEventListener('pointerdown', touched);
    return () => {
      window.removeEventListener('keydown', pressed, true);
      window.removeEventListener('keyup', released, true);
      window.removeEventListener('pointerdown', touched);
    };
  }, []);
  const seconds = view.scanSeconds ?? USUAL_SECONDS;
  useEffect(() => {
    document.documentElement.toggleAttribute('data-scanning', scan !== 'off');
    if (scan !== 'by-itself') return;
    const timer = setInterval(goOn, seconds * 1_000);
    return () => clearInterval(timer);
  }, [scan, seconds]);
}
