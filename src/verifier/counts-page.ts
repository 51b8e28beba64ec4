import type { StateCount } from './submission-store.ts';

/** A page for people: how many records there are, and the key to compare. Nothing about anybody. */
export function countsPage(counts: readonly StateCount[], fingerprint: string): string {
  const rows = counts.map(
    ({ state, simulated, count }) => `<tr><td>${state}${simulated ? ' (simulated)' : ''}</td><td>${count}</td></tr>`,
  );
  const empty = '<tr><td colspan="2">No records yet.</td></tr>';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Countersign verifier</title>
<style>body{font:16px/1.5 sans-serif;margin:3rem;max-width:40rem}td{padding:.2rem 2rem .2rem 0}code{word-break:break-all}</style>
<h1>Countersign verifier</h1>
<table>${rows.length === 0 ? empty : rows.join('')}</table>
<p>Server key: <code>${fingerprint}</code></p>
</html>
`;
}
