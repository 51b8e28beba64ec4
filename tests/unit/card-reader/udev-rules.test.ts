import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KNOWN_READERS, SERIAL_BRIDGES } from '../../../src/main/card-reader/detection/known-devices.ts';

const FILE = join(import.meta.dirname, '../../../resources/udev/60-countersign-readers.rules');
const rules = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const PART = /^(?<key>[A-Z]+(?:\{\w+\})?)(?<operator>==|\+=|=)"(?<value>[^"]*)"$/;

interface Rule {
  readonly subsystem: string;
  readonly ids: string;
  readonly given: string;
}

/** What a rule is about, and what it gives; throws on anything that isn't written as udev wants it. */
function parse(line: string): Rule {
  const parts = line.split(', ').map((part) => {
    const groups = PART.exec(part)?.groups;
    if (!groups) throw new Error(`not a part of a rule: ${part}`);
    return { key: groups.key!, operator: groups.operator!, value: groups.value! };
  });
  const value = (key: RegExp): string =>
    parts.find((part) => key.test(part.key) && part.operator === '==')?.value ?? '';
  return {
    subsystem: value(/^SUBSYSTEM$/),
    ids: `${value(/^ATTRS?\{idVendor\}$/)}:${value(/^ATTRS?\{idProduct\}$/)}`,
    given: parts
      .filter(({ operator }) => operator !== '==')
      .map(({ key, operator, value: text }) => `${key}${operator}${text}`)
      .join(' '),
  };
}

function idsOf(subsystem: string): readonly string[] {
  return rules
    .map(parse)
    .filter((rule) => rule.subsystem === subsystem)
    .map(({ ids }) => ids);
}

const text = (makes: readonly { readonly vendorId: string; readonly productId: string }[]): readonly string[] =>
  makes.map(({ vendorId, productId }) => `${vendorId}:${productId}`);

describe('the udev rules', () => {
  test('name the same devices as the program', () => {
    expect(idsOf('usb')).toEqual(text(KNOWN_READERS));
    expect(idsOf('hidraw')).toEqual(text(KNOWN_READERS));
    expect(idsOf('tty')).toEqual(text(SERIAL_BRIDGES));
    expect(rules).toHaveLength(2 * KNOWN_READERS.length + SERIAL_BRIDGES.length);
  });

  test('give every device to the seat and to one group, and to nobody else', () => {
    expect(new Set(rules.map((line) => parse(line).given))).toEqual(new Set(['MODE=0660 GROUP=dialout TAG+=uaccess']));
  });

  const verifies = spawnSync('udevadm', ['verify', '--help']).status === 0;
  if (!verifies) console.warn('skipped: "udevadm verify" (systemd 254 and later) is not installed here');
  test.skipIf(!verifies)('are what udev takes', () => {
    expect(spawnSync('udevadm', ['verify', FILE], { encoding: 'utf8' })).toMatchObject({ status: 0 });
  });
});
