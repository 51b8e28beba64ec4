/** Names with equal folds are the same to whoever reads them: case, width and spaces don't count. */
export function foldStaffName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[\s\u200D\uFE0F]+/gu, '');
}
