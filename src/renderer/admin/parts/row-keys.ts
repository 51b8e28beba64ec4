import type { KeyboardEvent } from 'react';

/** Up and Down move from row to row of a table whose rows open by a `.row-button`. */
export function moveBetweenRows(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const table = event.currentTarget.closest('table');
  const buttons = [...(table?.querySelectorAll<HTMLButtonElement>('.row-button') ?? [])];
  const at = buttons.indexOf(event.currentTarget);
  const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
