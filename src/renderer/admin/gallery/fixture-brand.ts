import { brandSchema } from '../../../shared/domain/brand.ts';
import type { ADMIN_BRAND_CHANNELS } from '../../../shared/ipc/admin-brand.ts';
import { ok } from '../../../shared/result.ts';
import { galleryBrand } from '../../ui/gallery/gallery-brand.ts';
import type { AreaFixture } from './area-fixture.ts';

/** The look that the address asks for; what is saved is shown. */
export const brandFixture: AreaFixture<typeof ADMIN_BRAND_CHANNELS> = {
  'admin:brand': () => ok(galleryBrand(new URLSearchParams(location.search))),
  'admin:save-brand': (brand) => ok(brandSchema.parse(brand)),
};
