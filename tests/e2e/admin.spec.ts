import type { Page } from '@playwright/test';
import { expect, test } from './kiosk-fixture.ts';

const PIN = '908172';

async function firstSignIn(admin: Page): Promise<void> {
  await expect(admin.getByRole('heading', { name: '设置管理员 PIN' })).toBeVisible();
  await admin.getByLabel('新 PIN').fill(PIN);
  await admin.getByLabel('再输一次').fill(PIN);
  await admin.getByRole('button', { name: '设置并进入' }).click();
  await expect(admin.getByRole('heading', { name: '概览' })).toBeVisible();
}

test('the admin window is closed until a PIN is set, and locks after wrong ones', async ({ startKiosk }) => {
  const kiosk = await startKiosk({ demo: true });
  await kiosk.visitor.waitFor(['attract']);
  const admin = await kiosk.adminPage();
  // Nothing is answered before somebody has signed in.
  const early = await admin.evaluate(() =>
    (globalThis as unknown as { countersign: { invoke(c: string, r: unknown): Promise<unknown> } }).countersign.invoke(
      'admin:records',
      { offset: 0, limit: 10, state: null },
    ),
  );
  expect(early).toMatchObject({ ok: false, error: { code: 'request.invalid' } });

  await firstSignIn(admin);
  await admin.getByRole('button', { name: '退出登录' }).click();
  for (let wrong = 1; wrong <= 5; wrong += 1) {
    await admin.getByLabel('PIN').fill('111222');
    await admin.getByRole('button', { name: '登录' }).click();
    if (wrong < 5) await expect(admin.getByText(`还可以试 ${5 - wrong} 次`).first()).toBeVisible();
  }
  await expect(admin.getByRole('heading', { name: '已暂时锁定' })).toBeVisible();
});

/** The list of scenes, and the first of them. */
async function openScene(admin: Page): Promise<void> {
  await admin.getByRole('link', { name: '场景与方案' }).click();
  await admin.locator('.scenes .row-button').first().click();
}

test('settings are saved, a scene is fixed once records use it, and records and report show what happened', async ({
  startKiosk,
}) => {
  const kiosk = await startKiosk({ demo: true });
  const { visitor } = kiosk;
  await visitor.waitFor(['attract']);
  const admin = await kiosk.adminPage();
  await firstSignIn(admin);

  await openScene(admin);
  await admin.getByLabel('场景名称').fill('开户核验');
  await admin.getByRole('button', { name: '保存' }).click();
  await expect(admin.getByText(/^已保存/)).toBeVisible();

  await visitor.choose({ person: 'a', presentation: 'replay', card: 'a' });
  await visitor.start();
  await visitor.consent({ capture: true, transmit: false });
  expect((await visitor.result()).state).toBe('failed');
  await visitor.press('完成');

  await admin.getByRole('link', { name: '核验记录' }).click();
  await expect(admin.getByRole('row').filter({ hasText: '范*一' })).toHaveCount(1);
  await admin.getByRole('link', { name: '数据报表' }).click();
  await expect(admin.locator('canvas, svg').first()).toBeVisible();
  await openScene(admin);
  await expect(admin.getByLabel('场景标识')).toHaveAttribute('readonly');
});

test('the reader page checks the reader in use step by step and has it ready again afterwards', async ({
  startKiosk,
}) => {
  const kiosk = await startKiosk({ demo: true });
  await kiosk.visitor.waitFor(['attract']);
  const admin = await kiosk.adminPage();
  await firstSignIn(admin);
  await admin.getByRole('link', { name: '读卡器', exact: true }).click();
  await admin.getByRole('button', { name: '开始检查' }).click();
  await expect(admin.locator('.checked-step .mark')).toHaveText(['正常', '正常', '正常', '正常', '正常', '正常']);
  await expect(admin.getByText('六步都正常，可以读卡。')).toBeVisible();
  await expect(admin.locator('.section').filter({ hasText: '当前状态' }).getByText('正常')).toBeVisible();
  await expect(admin.getByText('99.99-00000000-0000000000-0000000000', { exact: true })).toBeVisible();
});
