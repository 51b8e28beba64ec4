import { createRoot } from 'react-dom/client';
import { applyLook } from '../apply-brand.ts';
import { SHELVES, Shelves, type ShelfName } from './shelves.tsx';
import { settled } from './gallery-page.ts';
import { galleryBrand } from './gallery-brand.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const shown = createRoot(root);

/** Shows the components: `shelf`, `density=staff|public`, `lang`, `elder`, `dark`, `branded`. */
async function show(address: string): Promise<void> {
  const asked = new URLSearchParams(address);
  const page = document.documentElement;
  page.lang = asked.get('lang') ?? 'en';
  page.dataset['density'] = asked.get('density') ?? 'staff';
  page.toggleAttribute('data-elder', asked.has('elder'));
  const brand = galleryBrand(asked);
  applyLook(page, asked.has('dark') ? 'dark' : 'light', brand.accent);
  const shelf = SHELVES.find((name) => name === asked.get('shelf')) ?? null;
  shown.render(<Shelves key={address} only={shelf} />);
  // The shelf of states shows one that loads for ever.
  await settled(true);
}

const densities = ['staff', 'public'] as const;
window.gallery = {
  screens: densities.flatMap((density) =>
    SHELVES.map((shelf: ShelfName) => ({
      group: shelf === 'moving' ? shelf : density,
      name: `${shelf}-${density}`,
      address: `shelf=${shelf}&density=${density}`,
    })),
  ),
  show,
};
void show(location.hash.slice(1));
