import type { Page } from '@playwright/test';
import { TEST_ADMINISTRATOR } from '../support/staff-sign-in.ts';
import { signInFirst } from './admin-sign-in.ts';
import { expect, test } from './kiosk-fixture.ts';

test('the admin window is closed until somebody has signed in, and locks after wrong tries', async ({ startKiosk }) => {
  const kiosk = await startKiosk({ demo: true });
  await kiosk.visitor.waitFor(['attract']);
  const admin = await kiosk.adminPage();
  // Nothing is answered before somebody has signed in.
  const early = await admin.evaluate(() =>
    (globalThis as unknown as { countersign: { invoke(c: string, r: unknown): Promise<unknown> } }).countersign.invoke(
      'admin:staff',
      null,
    ),
  );
  expect(early).toMatchObject({ ok: false, error: { code: 'staff.signed-out' } });

  await signInFirst(admin);
  await addReviewer(admin);
  await admin.getByRole('button', { name: '退出登录' }).click();
  const wrong = async (name: string): Promise<void> => {
    await admin.getByRole('radio', { name }).check();
    await admin.getByLabel('PIN 或密码').fill('111222');
    await admin.getByRole('button', { name: '登录' }).click();
  };
  for (let left = 4; left >= 1; left -= 1) {
    await wrong('李敏');
    await expect(admin.getByText(`还可以试 ${left} 次`).first()).toBeVisible();
  }
  await wrong('李敏');
  await expect(admin.getByText(/已暂时锁定，\d:\d\d 后可再试/)).toBeVisible();
  for (let left = 4; left >= 1; left -= 1) {
    await wrong(TEST_ADMINISTRATOR.name);
    await expect(admin.getByText(`还可以试 ${left} 次`).first()).toBeVisible();
  }
  await wrong(TEST_ADMINISTRATOR.name);
  await expect(admin.getByRole('heading', { name: '已暂时锁定' })).toBeVisible();
});

async function addReviewer(admin: Page): Promise<void> {
  await admin.getByRole('link', { name: '人员' }).click();
  await admin.getByRole('button', { name: '添加人员' }).click();
  const drawer = admin.getByRole('dialog');
  await drawer.getByRole('textbox', { name: '姓名' }).fill('李敏');
  await drawer.getByRole('radio', { name: /^复核员/ }).check();
  await drawer.getByLabel('新 PIN 或密码').fill('135790');
  await drawer.getByLabel('再输一次').fill('135790');
  await drawer.getByRole('button', { name: '添加', exact: true }).click();
  await expect(admin.getByRole('row').filter({ hasText: '李敏' })).toHaveText(/复核员.*启用.*从未登录/);
}

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
  await signInFirst(admin);

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
  await signInFirst(admin);
  await admin.getByRole('link', { name: '读卡器', exact: true }).click();
  await admin.getByRole('button', { name: '开始检查' }).click();
  await expect(admin.locator('.checked-step .mark')).toHaveText(['正常', '正常', '正常', '正常', '正常', '正常']);
  await expect(admin.getByText('六步都正常，可以读卡。')).toBeVisible();
  await expect(admin.locator('.section').filter({ hasText: '当前状态' }).getByText('正常')).toBeVisible();
  await expect(admin.getByText('99.99-00000000-0000000000-0000000000', { exact: true })).toBeVisible();
});
