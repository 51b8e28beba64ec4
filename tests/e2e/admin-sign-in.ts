import { expect, type Page } from '@playwright/test';
import { TEST_ADMINISTRATOR } from '../support/staff-sign-in.ts';

/** Signs in as the first administrator of a terminal, and leaves its set-up for later. */
export async function signInFirst(admin: Page): Promise<void> {
  await expect(admin.getByRole('heading', { name: '添加第一名管理员' })).toBeVisible();
  await admin.getByLabel('姓名或称呼').fill(TEST_ADMINISTRATOR.name);
  await admin.getByLabel('新 PIN 或密码').fill(TEST_ADMINISTRATOR.secret);
  await admin.getByLabel('再输一次').fill(TEST_ADMINISTRATOR.secret);
  await admin.getByRole('button', { name: '添加并进入' }).click();
  await admin.getByRole('button', { name: '稍后再设置' }).click();
  await expect(admin.getByRole('heading', { name: '概览' })).toBeVisible();
}
