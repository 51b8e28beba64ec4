/** The few members of a page's globals that are used here; the tests' compiler knows no DOM. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
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
  readonly childElementCount: number;
  querySelector(selector: string): Part | null;
  getBoundingClientRect(): Box;
}
interface Globals {
  readonly innerWidth: number;
  readonly document: {
    readonly documentElement: { readonly scrollWidth: number; readonly clientWidth: number };
    querySelectorAll(selector: string): Iterable<Part>;
    createRange(): { selectNodeContents(part: Part): void; getBoundingClientRect(): Box };
  };
  getComputedStyle(part: Part): {
    readonly overflowX: string;
    readonly textOverflow: string;
    readonly position: string;
  };
}

/**
 * Runs inside a page of a window for staff, which may scroll down but never sideways: what sticks out, what is cut off,
 * which words lie on others, and what is too small for a mouse (WCAG 2.2, 2.5.8: 24 px).
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
  const isFree = (part: Part): boolean => {
    for (let at: Part | null = part; at !== null && at.tagName !== 'MAIN'; at = at.parentElement) {
      const { position, overflowX } = page.getComputedStyle(at);
      if (at.tagName === 'DIALOG') return true;
      if (overflowX !== 'visible' || position === 'absolute' || position === 'fixed' || position === 'sticky')
        return false;
    }
    return true;
  };
  const words = all('dialog[open] *, main *')
    .filter((part) => part.childElementCount === 0 && (part.textContent ?? '').trim() !== '')
    .filter((part) => part.closest('svg, canvas, select, option, datalist') === null && isFree(part))
    .map((part) => {
      const range = page.document.createRange();
      range.selectNodeContents(part);
      return { part, box: range.getBoundingClientRect() };
    });
  for (const [at, one] of words.entries()) {
    for (const other of words.slice(at + 1)) {
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      const inDialog = (one.part.closest('dialog') === null) !== (other.part.closest('dialog') === null);
      if (across > 3 && down > 6 && !inDialog) faults.push(`lies on ${nameOf(other.part)}: ${nameOf(one.part)}`);
    }
  }
  for (const part of all('button, a[href], input:not([type=range], [type=file]), select, textarea')) {
    if (part.closest('.segment, .radio-row, label, p, td, th, dd, .notice, .skip-link')) continue;
    const { width, height } = part.getBoundingClientRect();
    if (Math.min(width, height) < leastTargetPx && width > 1) faults.push(`is too small: ${nameOf(part)}`);
  }
  return faults;
}
