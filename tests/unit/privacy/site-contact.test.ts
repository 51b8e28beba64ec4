import { expect, it } from 'vitest';
import { siteSchema } from '../../../src/shared/domain/site.ts';
import { kiosk } from '../certification/service-host.ts';

const site = { siteName: '网点', siteNameEnglish: 'Site', purpose: '用途', purposeEnglish: '' };

it.each([
  ['a telephone number', ' 010-0000 0000 ', '010-0000 0000'],
  ['none, in a site of an earlier version', undefined, undefined],
])('a site has %s as contact, and the consent screen too', (_, contact, shown) => {
  const parsed = siteSchema.parse({ ...site, ...(contact !== undefined && { contact }) });
  const { service } = kiosk({ configuration: { site: parsed } });
  service.act({ type: 'start' });
  const view = service.view();
  expect(view.screen === 'consent' && [view.contact, 'contact' in view]).toEqual([shown, shown !== undefined]);
});

it.each([
  ['nothing', ''],
  ['spaces', '  '],
  ['61 characters', '0'.repeat(61)],
])('refuses %s as contact', (_, contact) => {
  expect(siteSchema.safeParse({ ...site, contact }).error?.issues.map(({ path }) => path)).toEqual([['contact']]);
});
