/** Everything that a switch can reach. */
const REACHABLE = 'button:not(:disabled), input:not(:disabled), select:not(:disabled)';

/**
 * The controls in the order in which a scan comes to them: the question whether somebody is there alone; else what the
 * screen offers, and then the tools that are on every screen.
 */
export function scanOrder(page: ParentNode): readonly HTMLElement[] {
  const asked = page.querySelector('.idle');
  const controls = [...(asked ?? page).querySelectorAll<HTMLElement>(REACHABLE)].filter(
    (control) => control.closest('.demo') === null && control.checkVisibility({ visibilityProperty: true }),
  );
  const isTool = (control: HTMLElement): boolean => control.closest('.top-bar') !== null;
  return [...controls.filter((control) => !isTool(control)), ...controls.filter(isTool)];
}
