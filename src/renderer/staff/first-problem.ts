/** Moves the focus to the first field that is marked as wrong, once the marks are on the page. */
export function focusFirstWrong(form: HTMLElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Moves the focus back to the first secret, which has been emptied for another try. */
export function focusSecret(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('input[type="password"]')?.focus());
}
