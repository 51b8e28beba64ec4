import type { ApiDocument, ApiDocumentOperation } from '../openapi/api-document.ts';
import { escapeHtml, type Page } from './page.ts';

/** The description of the interface for people, from the same document that programs get. */
export function docsPage({ info, tags, paths, components }: ApiDocument): Page {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return `<h2 id="${idOf(name)}">${escapeHtml(name)}</h2>\n${own.map(operationHtml).join('\n')}`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary>` +
      `<pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`,
  );
  const contents = tags.map(({ name }) => `<a href="#${idOf(name)}">${escapeHtml(name)}</a>`).join(' · ');
  const body = [
    `<h1>${escapeHtml(info.title)} <span class="dim">${escapeHtml(info.version)}</span></h1>`,
    `<p>${escapeHtml(info.description)}</p>`,
    `<p><a href="/v1/openapi.json">OpenAPI 3.1 document</a></p>`,
    `<p>${contents} · <a href="#messages">Messages</a> · <a href="#problems">Problems</a></p>`,
    ...sections,
    `<h2 id="messages">Messages</h2>`,
    ...schemas,
    `<h2 id="problems">Problems</h2>`,
    problemsHtml(components['responses']),
  ];
  return { language: 'en', title: `${info.title}: interface`, body: body.join('\n') };
}

interface Named {
  readonly name: string;
  readonly in: string;
  readonly description: string;
}

function operationHtml({
  path,
  method,
  operation,
}: {
  readonly path: string;
  readonly method: string;
  readonly operation: ApiDocumentOperation;
}): string {
  const parameters = (operation['parameters'] ?? []) as readonly Named[];
  const lines = [
    `<h3><span class="method">${method.toUpperCase()}</span> <code>${escapeHtml(path)}</code></h3>`,
    `<p>${escapeHtml(operation.summary)}. <span class="dim">${askerText(operation['security'])}</span></p>`,
  ];
  if (parameters.length > 0) {
    const rows = parameters.map(
      ({ name, in: place, description }) =>
        `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}</td><td>${escapeHtml(description)}</td></tr>`,
    );
    lines.push(`<table><tbody>${rows.join('')}</tbody></table>`);
  }
  const [asked, answered] = [namesIn(operation['requestBody']), namesIn(operation['responses'])];
  const messages = [...asked.map((name) => `takes ${link(name)}`), ...answered.map((name) => `gives ${link(name)}`)];
  if (messages.length > 0) lines.push(`<p>${messages.join(', ')}</p>`);
  return lines.join('\n');
}

function askerText(security: unknown): string {
  const names = (security as readonly Record<string, unknown>[]).flatMap((option) => Object.keys(option));
  if (names.length === 0) return 'For anybody.';
  return `For ${names.map((name) => (name === 'device' ? 'devices' : 'operators')).join(' and ')}.`;
}

/** Messages that a part of the document refers to. */
function namesIn(part: unknown): readonly string[] {
  const found = JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return [...found].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

function link(name: string): string {
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function problemsHtml(responses: unknown): string {
  const { description } = (responses as { readonly Problem: { readonly description: string } }).Problem;
  const rows = [...description.matchAll(/^- `(\w+)` \((\d+)\): (.*)$/gm)].map(
    ([, code = '', status = '', title = '']) =>
      `<tr><td><code>${escapeHtml(code)}</code></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`,
  );
  return `<table><tbody>${rows.join('')}</tbody></table>`;
}

function idOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}
