import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { STAFF_ROLES } from '../../../shared/domain/staff.ts';
import { settled } from '../../ui/gallery/gallery-page.ts';
import { ClerkApp } from '../clerk-app.tsx';
import { PAGE_NAMES } from '../environment.ts';
import { fixtureBridge } from './fixture-bridge.ts';
import { certifyId, NOW_MS } from './fixture-cases.ts';
import { GALLERY_CASES, type GalleryCase } from './gallery-case.ts';

config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const shown = createRoot(root);
let shownTimes = 0;

/** Shows what is asked for: `case`, `page`, `record` (its place), `role`, `gate`, `language`, `dark`. */
function render(asked: URLSearchParams): void {
  const which = GALLERY_CASES.find((one) => one === asked.get('case')) ?? 'normal';
  const page = PAGE_NAMES.find((one) => one === (asked.get('page') ?? location.hash.slice(1)));
  const record = asked.get('record');
  const role = STAFF_ROLES.find((one) => one === asked.get('role')) ?? 'reviewer';
  const language = asked.get('language');
  if (language !== null) localStorage.setItem('countersign.clerk.language', language);
  localStorage.setItem('countersign.staff.theme', asked.has('dark') ? 'dark' : 'light');
  shownTimes += 1;
  shown.render(
    <ClerkApp
      key={shownTimes}
      environment={{
        bridge: fixtureBridge(which, asked.get('gate') === 'signed-out' ? null : role),
        clock: { wallMs: () => NOW_MS, monotonicMs: () => performance.now() },
        chime: () => undefined,
        printPage: () => undefined,
        ...(page ? { opening: { page, certifyId: record === null ? null : certifyId(Number(record)) } } : {}),
      }}
    />,
  );
}
render(new URLSearchParams(location.search));

/** Each key of `keys` as somebody would press it, once the page before it has settled. */
async function press(keys: string): Promise<void> {
  for (const key of keys.split(',').filter(Boolean)) {
    dispatchEvent(new KeyboardEvent('keydown', { key }));
    await settled();
  }
}

function screen(which: GalleryCase, page: string, more = '') {
  const named = more.replace(/(^|&)\w+=/g, '-').replace(/,/g, '');
  return { group: which, name: `${page}-${which}${named}`, address: `case=${which}&page=${page}${more && `&${more}`}` };
}

window.gallery = {
  screens: [
    { group: 'gate', name: 'gate-signed-out', address: 'gate=signed-out' },
    ...GALLERY_CASES.filter((which) => which !== 'two-persons').map((which) => screen(which, 'live')),
    screen('normal', 'live', 'keys=F6'),
    screen('running', 'live', 'keys=F9'),
    screen('normal', 'live', 'role=auditor'),
    ...(['normal', 'long', 'empty', 'failing', 'loading'] as const).flatMap((which) => [
      screen(which, 'queue'),
      screen(which, 'records'),
    ]),
    screen('normal', 'queue', 'record=0&keys=v'),
    screen('two-persons', 'queue', 'record=1&keys=a'),
    screen('normal', 'queue', 'record=3&role=operator'),
    screen('normal', 'records', 'record=2&keys=o'),
    screen('normal', 'records', 'record=4'),
    screen('long', 'records', 'record=2'),
    screen('normal', 'records', 'record=7'),
    screen('normal', 'records', 'record=4&keys=p'),
  ],
  show: async (address) => {
    const asked = new URLSearchParams(address);
    asked.set('language', asked.get('lang') ?? 'zh-CN');
    history.replaceState(null, '', `?${address}#${asked.get('page') ?? ''}`);
    document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
    render(asked);
    await settled(asked.get('case') === 'loading');
    await press(asked.get('keys') ?? '');
    scrollTo(0, 0);
  },
};
