/** Hands a text over as a file; the system asks where it goes. */
export function downloadText(name: string, text: string, mediaType: string): void {
  // Spreadsheet programs read UTF-8 only with this mark.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
