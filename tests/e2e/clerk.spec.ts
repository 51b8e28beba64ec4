import { expect, test } from './kiosk-fixture.ts';

const SECRET = '908172';

test("the clerk's window answers a call, follows a certification, cancels it and shows its receipt", async ({
  startKiosk,
}) => {
  const kiosk = await startKiosk({ demo: true, args: ['--clerk'] });
  const { visitor, app } = kiosk;
  await visitor.waitFor(['attract']);
  const clerk = await app.page('clerk');

  // Nothing is answered before somebody has signed in.
  const early = await clerk.evaluate(() =>
    (globalThis as unknown as { countersign: { invoke(c: string, r: unknown): Promise<unknown> } }).countersign.invoke(
      'clerk:live',
      null,
    ),
  );
  expect(early).toMatchObject({ ok: false, error: { code: 'staff.signed-out' } });

  await clerk.getByLabel('姓名或称呼').fill('周敏');
  await clerk.getByLabel('新 PIN 或密码').fill(SECRET);
  await clerk.getByLabel('再输一次').fill(SECRET);
  await clerk.getByRole('button', { name: '添加并进入' }).click();
  await expect(clerk.getByText('没有人在办理')).toBeVisible();

  const page = await app.page('kiosk');
  await page.evaluate(() =>
    (globalThis as unknown as { countersign: { invoke(c: string, r: unknown): Promise<unknown> } }).countersign.invoke(
      'kiosk:act',
      { type: 'call-staff' },
    ),
  );
  await expect(clerk.getByText('有人请求帮助')).toBeVisible();
  await clerk.keyboard.press('F8');
  await expect(clerk.getByText(/^已应答/)).toBeVisible();

  await visitor.start();
  await expect(clerk.getByText('阅读并同意')).toBeVisible();
  await clerk.keyboard.press('F9');
  await clerk.getByRole('dialog').getByRole('button', { name: '取消办理' }).click();
  await visitor.waitFor(['attract']);
  await expect(clerk.getByText('没有人在办理')).toBeVisible();

  await clerk.keyboard.press('F4');
  await expect(clerk.locator('.case-row')).toHaveCount(1);
  await clerk.keyboard.press('ArrowDown');
  await expect(clerk.locator('.case-head')).toContainText('未识别身份');
  await clerk.keyboard.press('p');
  await expect(clerk.getByRole('img', { name: '回执二维码' })).toBeVisible();
});
