import type { ServerKey } from '../server-key.ts';
import { escapeHtml, type Page, type PageLanguage } from './page.ts';
import type { StatusFigures } from './status-figures.ts';
import { STATUS_TEXTS, type StatusTexts } from './status-texts.ts';

/** The verifier at a glance: how much there is of what, and the key to compare. */
export function statusPage(
  figures: StatusFigures,
  { fingerprint }: Pick<ServerKey, 'fingerprint'>,
  language: PageLanguage,
): Page {
  const texts = STATUS_TEXTS[language];
  const body = [
    `<h1>${texts.title}</h1>\n<p class="dim">${texts.intro}</p>`,
    figureRow(figures, texts),
    `<h2>${texts.records}</h2>`,
    table(
      texts,
      figures.records.map(({ state, simulated, count }) => ({
        name: simulated ? `${stateText(texts, state)} (${texts.simulated})` : stateText(texts, state),
        count,
      })),
      texts.noRecords,
    ),
    `<h2>${texts.sessions}</h2>`,
    table(
      texts,
      figures.sessions.map(({ state, count }) => ({ name: stateText(texts, state), count })),
      texts.noSessions,
    ),
    `<h2>${texts.key}</h2>\n<p>${texts.keyHelp}</p>\n<pre>${grouped(fingerprint)}</pre>`,
    `<p><a href="/docs">${texts.more}</a></p>`,
  ];
  return { language, title: texts.title, body: body.join('\n') };
}

function figureRow(figures: StatusFigures, texts: StatusTexts): string {
  const { devices, revokedDevices, queued, oldestQueuedMs, records } = figures;
  const waiting =
    oldestQueuedMs === null
      ? texts.noneWaits
      : texts.oldest.replace('{seconds}', String(Math.round(oldestQueuedMs / 1_000)));
  const total = records.reduce((sum, { count }) => sum + count, 0);
  return [
    '<div class="figures">',
    figure(texts.devices, devices, texts.revoked.replace('{count}', String(revokedDevices))),
    figure(texts.queue, queued, waiting),
    figure(texts.records, total, texts.allRecords),
    '</div>',
  ].join('\n');
}

function figure(name: string, value: number, below: string): string {
  return `<div class="figure">${name}<b>${value}</b><span class="dim">${escapeHtml(below)}</span></div>`;
}

function table(
  texts: StatusTexts,
  rows: readonly { readonly name: string; readonly count: number }[],
  empty: string,
): string {
  if (rows.length === 0) return `<p>${empty}</p>`;
  const head = `<thead><tr><th scope="col">${texts.state}</th><th scope="col">${texts.count}</th></tr></thead>`;
  const lines = rows.map(({ name, count }) => `<tr><td>${escapeHtml(name)}</td><td>${count}</td></tr>`);
  return `<table class="counts">${head}<tbody>${lines.join('')}</tbody></table>`;
}

function stateText({ states }: StatusTexts, state: string): string {
  const named: Readonly<Record<string, string>> = states;
  return named[state] ?? state;
}

/** In groups of four, as people compare them; two lines on a wide screen. */
function grouped(fingerprint: string): string {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  return [groups.slice(0, 8).join(' '), groups.slice(8).join(' ')].join('\n');
}
