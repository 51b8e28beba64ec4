import { expect, it } from 'vitest';
import { pageFaults } from '../support/gallery/page-faults.ts';
import { giveCheck, showScreen } from '../support/gallery/screen-pass.ts';
import { describeGallery } from '../support/gallery/suite.ts';

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1080, height: 1920 },
] as const;

/** What is pressed on a page, by the language, and what shows that it has ended. */
const PRESSED = [
  ['verifier', { 'zh-CN': '测试连接', en: 'Test the connection' }, '.connection-step'],
  ['system', { 'zh-CN': '开始自检', en: 'Run the self-test' }, 'main table'],
  ['audit', { 'zh-CN': '校验链条', en: 'Verify the chain' }, '.notice'],
  ['reader', { 'zh-CN': '开始检查', en: 'Start the check' }, '.checked-step'],
] as const;

describeGallery('what comes of a button in the admin window', 'admin', (gallery) => {
  it.each(SIZES.flatMap((size) => (['zh-CN', 'en'] as const).map((language) => ({ ...size, language }))))(
    'fits below it: $width × $height, $language',
    { timeout: 120_000 },
    async ({ width, height, language }) => {
      const page = await gallery().open('admin', { width, height });
      page.setDefaultTimeout(20_000);
      await giveCheck(page, 'faultsOf', pageFaults);
      const found: unknown[] = [];
      for (const which of ['normal', 'troubled']) {
        for (const [name, words, outcome] of PRESSED) {
          await showScreen(page, `page=${name}&case=${which}&lang=${language}`);
          await page.getByRole('button', { name: words[language] }).first().click();
          await page.locator(outcome).first().waitFor();
          const faults = await page.evaluate<string[]>('faultsOf(24)');
          found.push(...faults.map((fault) => `${name} ${which}: ${fault}`));
        }
      }
      expect(found).toEqual([]);
      await page.context().close();
    },
  );
});
