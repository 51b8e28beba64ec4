// The receipt commands alone, so that their tests don't load models or devices.
import { Command } from 'commander';
import { runProgram } from '../../src/cli/output.ts';
import { registerReceiptCommands } from '../../src/cli/receipt.ts';

const program = new Command('countersign');
registerReceiptCommands(program);
await runProgram(program, process.argv.slice(2));
