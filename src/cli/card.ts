import type { Command } from 'commander';
import { registerDecode } from './card-decode.ts';
import { registerDetect } from './card-detect.ts';
import { registerList } from './card-list.ts';
import { registerRead } from './card-read.ts';
import { registerSimulate } from './card-simulate.ts';
import { registerTest } from './card-test.ts';
import { registerIdentityCheck } from './identity-check.ts';

/** Adds `card list`, `detect`, `test`, `read`, `decode` and `simulate`, and `identity check`. */
export function registerCardCommands(program: Command): void {
  const card = program.command('card').description('find, test and simulate card readers; read and decode cards');
  registerList(card);
  registerDetect(card);
  registerTest(card);
  registerRead(card);
  registerDecode(card);
  registerSimulate(card);
  registerIdentityCheck(program.command('identity').description('identity numbers'));
}
