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

/** The same for what is kept byte by byte, such as what is signed. */
export function downloadBytes(name: string, content: Uint8Array | string, mediaType: string): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
