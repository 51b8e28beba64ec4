/** The few members of a page's globals that are used here; the tests' compiler knows no DOM. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
}
interface Part {
  readonly className: string;
  readonly tagName: string;
  readonly textContent: string | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  checkVisibility(options: { visibilityProperty: boolean }): boolean;
  closest(selector: string): Part | null;
  readonly parentElement: Part | null;
  querySelector(selector: string): Part | null;
  getBoundingClientRect(): Box;
}
interface Globals {
  readonly innerWidth: number;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
    querySelectorAll(selector: string): Iterable<Part>;
  };
  getComputedStyle(part: Part): {
    readonly overflowX: string;
    readonly textOverflow: string;
    readonly position: string;
  };
}

/**
 * Runs inside a page of a window for staff, which may scroll down but never sideways: what sticks out, what is cut off,
 * and what is too small for a mouse (WCAG 2.2, 2.5.8: 24 px).
 */
export function pageFaults(leastTargetPx: number): string[] {
  const page = globalThis as unknown as Globals;
  const faults: string[] = [];
  const nameOf = (part: Part): string =>
    `${part.tagName.toLowerCase()}.${String(part.className)} "${(part.textContent ?? '').trim().slice(0, 32)}"`;
  const all = (selector: string): Part[] =>
    [...page.document.querySelectorAll(selector)].filter(
      (part) => part.checkVisibility({ visibilityProperty: true }) && !part.closest('.visually-hidden, .only-spoken'),
    );
  const root = page.document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('the page scrolls sideways');
  for (const part of all('main *, nav *, dialog *')) {
    const { right, left, width } = part.getBoundingClientRect();
    let inScroller = part.closest('svg') !== null;
    for (let at = part.parentElement; at !== null; at = at.parentElement) {
      inScroller ||=
        page.getComputedStyle(at).overflowX !== 'visible' && at.tagName !== 'BODY' && at.tagName !== 'HTML';
    }
    if (width > 1 && !inScroller && (right > page.innerWidth + 1 || left < -1))
      faults.push(`sticks out: ${nameOf(part)}`);
  }
  for (const part of all('button, .button, th, td, dt, dd, label, legend, h1, h2, h3, .tag, .mark, .segment span')) {
    const style = page.getComputedStyle(part);
    const isMeant = style.textOverflow === 'ellipsis' || part.querySelector('.visually-hidden, table') !== null;
    if (style.position === 'fixed' || isMeant) continue;
    if (part.scrollWidth > part.clientWidth + 2 && part.clientWidth > 0) faults.push(`is cut off: ${nameOf(part)}`);
  }
  for (const part of all('button, a[href], input:not([type=range], [type=file]), select, textarea')) {
    if (part.closest('.segment, .radio-row, label, p, td, th, dd, .notice, .skip-link')) continue;
    const { width, height } = part.getBoundingClientRect();
    if (Math.min(width, height) < leastTargetPx && width > 1) faults.push(`is too small: ${nameOf(part)}`);
  }
  return faults;
}
