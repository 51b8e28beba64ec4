import type { Page } from '@playwright/test';

/** More stops than any page has. */
const MOST_STOPS = 400;

interface Stop {
  readonly key: string;
  readonly label: string;
  readonly marked: boolean;
  /** It keeps its place while the page scrolls, so that its place says nothing about the order. */
  readonly stays: boolean;
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
}

/**
 * Prepares a page: `stopsWanted()` lists what the keyboard has to reach, `stopNow()` says where the focus is. Of a group
 * of radio buttons only one is a stop; what is inert, hidden or disabled is none.
 */
export const KEYBOARD_PROBE = `(() => {
  const keys = new WeakMap();
  let count = 0;
  const keyOf = (element) => {
    if (!keys.has(element)) keys.set(element, String(count++));
    return keys.get(element);
  };
  const labelOf = (e) => (e.tagName + ' ' + (e.getAttribute('aria-label') || e.textContent || e.name || '')).trim().slice(0, 60);
  const scope = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  const isStop = (e) =>
    e.tabIndex >= 0 && !e.disabled && !e.closest('[inert]') && e.checkVisibility({ visibilityProperty: true }) &&
    !(e.tagName === 'SUMMARY' ? false : e.closest('details:not([open])') && !e.closest('summary'));
  const looks = (e) => [e, ...(e.parentElement ? e.parentElement.children : [])]
    .map((one) => { const s = getComputedStyle(one); return s.boxShadow + s.outlineStyle + s.outlineWidth + s.outlineColor + s.borderColor + s.top; }).join('|');
  let before = new Map();
  window.keyboardProbe = {
    wanted() {
      const start = scope();
      const kept = start.getAttribute('tabindex');
      start.tabIndex = -1;
      start.focus();
      if (kept === null) start.removeAttribute('tabindex');
      const radios = new Set();
      const found = [...scope().querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(isStop).filter((e) => {
        if (e.type !== 'radio') return true;
        const group = e.name + (e.form ? keyOf(e.form) : '');
        const chosen = [...document.getElementsByName(e.name)].find((one) => one.checked && one.form === e.form);
        if (chosen) return chosen === e;
        return !radios.has(group) && radios.add(group);
      });
      before = new Map(found.map((e) => [keyOf(e), looks(e)]));
      return found.map((e) => ({ key: keyOf(e), label: labelOf(e) }));
    },
    now() {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return null;
      const { left, top, right, bottom } = e.getBoundingClientRect();
      let stays = false;
      for (let at = e; at; at = at.parentElement) stays ||= /sticky|fixed/.test(getComputedStyle(at).position);
      return { key: keyOf(e), label: labelOf(e), marked: before.get(keyOf(e)) !== looks(e), stays, box: [left, top + scrollY, right, bottom + scrollY] };
    },
  };
})()`;

/** Upwards and to the left at once is against the order in which people read. */
function isBackwards(from: Stop, to: Stop): boolean {
  return !from.stays && !to.stays && to.box[3] <= from.box[1] && to.box[2] <= from.box[0];
}

/** Goes through a page with Tab alone: what it can't reach, what isn't marked, what comes out of order, and a trap. */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  const wanted: { key: string; label: string }[] = await page.evaluate('keyboardProbe.wanted()');
  const faults: string[] = [];
  const reached = new Set<string>();
  let last: Stop | null = null;
  let isAround = false;
  for (let step = 0; step < MOST_STOPS; step += 1) {
    await page.keyboard.press('Tab');
    const stop: Stop | null = await page.evaluate('keyboardProbe.now()');
    // The parts of a date are stops of one and the same input.
    if (stop !== null && stop.key === last?.key) continue;
    if (stop === null) {
      if (isAround) break;
      isAround = true;
      last = null;
      continue;
    }
    if (reached.has(stop.key)) break;
    if (stop.key === wanted[0]?.key) last = null;
    reached.add(stop.key);
    if (last && isBackwards(last, stop)) faults.push(`out of order: ${stop.label} after ${last.label}`);
    if (!stop.marked) faults.push(`the focus can't be seen: ${stop.label}`);
    last = stop;
  }
  for (const { key, label } of wanted) if (!reached.has(key)) faults.push(`can't be reached: ${label}`);
  return faults;
}
