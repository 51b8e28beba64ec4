import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

export type PageLanguage = 'en' | 'zh-CN';

/** A page for people: complete in itself, without a script and without anything from elsewhere. */
export interface Page {
  readonly language: PageLanguage;
  readonly title: string;
  /** HTML; whoever makes it escapes what it is made of. */
  readonly body: string;
}

/** Contrast of text on its ground is at least 7:1 in both schemes (WCAG 2.2, 1.4.6). */
const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--ground:#fff;--soft:#f3f5f7;--line:#c9d0d7;--dim:#4a525b;--strong:#0b4f8a}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f4;--ground:#15181c;--soft:#1f242a;--line:#4a525b;--dim:#b9c1ca;--strong:#8cc4f5}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--ground)}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .4rem}
h2{font-size:1.15rem;margin:2.4rem 0 .6rem;padding-top:.2rem}
h3{font-size:1rem;margin:1.6rem 0 .3rem}
p{margin:.3rem 0 .7rem}
.dim{color:var(--dim)}
a{color:var(--strong)}
code,pre{font:.92em/1.45 ui-monospace,"DejaVu Sans Mono",monospace}
code{overflow-wrap:anywhere}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;overflow:auto;max-height:26rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--dim)}
.counts td:last-child,.counts th:last-child{text-align:right;padding-right:0;width:9rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1.4rem 0 0}
.figure{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem}
.figure b{display:block;font-size:1.7rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
.method{display:inline-block;min-width:4.2rem;font-weight:700;color:var(--strong)}
summary{cursor:pointer;padding:.2rem 0}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Answers with a page; its policy allows its own style and nothing else. */
export function sendPage(reply: FastifyReply, { language, title, body }: Page): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', POLICY)
    .header('referrer-policy', 'no-referrer')
    .header('vary', 'accept-language')
    .send(
      `<!doctype html>\n<html lang="${language}">\n<head>\n<meta charset="utf-8">\n` +
        `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>${escapeHtml(title)}</title>\n` +
        `<style>${STYLE}</style>\n</head>\n<body>\n<main>\n${body}\n</main>\n</body>\n</html>\n`,
    );
}

/** For text and for attributes in double quotes: an apostrophe stays as it is. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Chinese where the header prefers it to English; English otherwise. */
export function languageOf(acceptLanguage: string | undefined): PageLanguage {
  const wishes = (acceptLanguage ?? '').split(',').map((part, place) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = /^\s*q=([01](?:\.\d{1,3})?)$/.exec(parameters[0] ?? '')?.[1];
    return { tag, place, quality: quality === undefined ? 1 : Number(quality) };
  });
  wishes.sort((one, other) => other.quality - one.quality || one.place - other.place);
  const first = wishes.find(({ tag, quality }) => quality > 0 && /^(zh|en)(-|$)/.test(tag));
  return first?.tag.startsWith('zh') === true ? 'zh-CN' : 'en';
}
