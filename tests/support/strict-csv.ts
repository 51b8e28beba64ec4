/**
 * Reads CSV as RFC 4180 says and nothing else: lines end with CR LF, the last one too; a quote only stands around a whole
 * cell or doubled within one; every row has as many cells as the first. A mark at the beginning is dropped.
 *
 * @throws Error that says at which character the text is something else
 */
export function readStrictCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
      row.push(cell.value);
      at = cell.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`no CR LF at ${at}`);
    at += 2;
    if (row.length !== (rows[0] ?? row).length) throw new Error(`another number of cells before ${at}`);
    rows.push(row);
  }
  return rows;
}

function quotedCell(text: string, start: number): { value: string; end: number } {
  let value = '';
  for (let at = start + 1; ; at += 1) {
    if (at >= text.length) throw new Error(`a quote of ${start} is not closed`);
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') value += text[(at += 1)];
    else return { value, end: at + 1 };
  }
}

function plainCell(text: string, start: number): { value: string; end: number } {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\r' && text[end] !== '\n') {
    if (text[end] === '"') throw new Error(`a quote within a plain cell at ${end}`);
    end += 1;
  }
  return { value: text.slice(start, end), end };
}
