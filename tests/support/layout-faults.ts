/**
 * Runs inside a page: what is cut off, lies over something else or is too small for a finger. The strip of the
 * demonstration is for the mouse of whoever shows it and may be smaller.
 */
export function layoutFaults(leastTargetPx: number): string[] {
  const page = globalThis as unknown as PageGlobals;
  const faults: string[] = [];
  const nameOf = (element: PageElement): string =>
    `${element.className || element.tagName} "${(element.textContent ?? '').slice(0, 24)}"`;
  const isShown = (element: PageElement): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && element.closest('.demo') === null;
  const all = (selector: string): PageElement[] => [...page.document.querySelectorAll(selector)].filter(isShown);

  if (page.document.documentElement.scrollWidth > page.innerWidth) faults.push('the page is wider than the screen');
  const blocks = all(
    'h1, .lead, .problem, .guide-step, .check-row, .facts dd, .facts dt, .slip, .step, .tool, .button, .oval, .cue-words, .action-art, .cue-slow, .digit-row, .sound-level, .remark span, .status-shape, .art, .key, .entry-number, .entry-note, .entry-name, .entry-before, .card-preview, .document-page, .document-preview, .chip-bars, .chip-step, .confirm-head, .confirm-place, .confirm-choice, .method, .methods-head, .code-place, .hand-off-steps, .hand-off-foot, .awaiting-list, .kept-head, .kept-group, .outcome-lines, .expected, .notice-pages, .pager',
  );
  for (const block of blocks) {
    const { left, top, right, bottom } = block.getBoundingClientRect();
    const inside = left >= -0.5 && top >= -0.5 && right <= page.innerWidth + 0.5 && bottom <= page.innerHeight + 0.5;
    if (!inside) faults.push(`outside of the screen: ${nameOf(block)}`);
  }
  const inDialog = (element: PageElement): boolean => element.closest('.idle') !== null;
  blocks.forEach((a, index) => {
    for (const b of blocks.slice(index + 1)) {
      if (a.contains(b) || b.contains(a) || inDialog(a) !== inDialog(b)) continue;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const width = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const height = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (width > 1 && height > 1) faults.push(`${nameOf(a)} lies over ${nameOf(b)}`);
    }
  });
  for (const target of all('button, .check-row')) {
    const box = target.getBoundingClientRect();
    if (Math.min(box.width, box.height) < leastTargetPx - 0.5) faults.push(`too small: ${nameOf(target)}`);
    for (const words of target.querySelectorAll('span')) {
      const inner = words.getBoundingClientRect();
      if (inner.height > box.height || inner.width > box.width) faults.push(`words leave ${nameOf(target)}`);
    }
  }
  return faults;
}

/** The few members of a page's globals that are used here; the tests' compiler knows no DOM. */
interface PageElement {
  readonly className: string;
  readonly tagName: string;
  readonly textContent: string | null;
  checkVisibility(options: { visibilityProperty: boolean }): boolean;
  closest(selector: string): PageElement | null;
  contains(other: PageElement): boolean;
  querySelectorAll(selector: string): Iterable<PageElement>;
  getBoundingClientRect(): {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly width: number;
    readonly height: number;
  };
}

interface PageGlobals {
  readonly innerWidth: number;
  readonly innerHeight: number;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number };
    querySelectorAll(selector: string): Iterable<PageElement>;
  };
}
