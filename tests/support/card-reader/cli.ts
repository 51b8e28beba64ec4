import { Command } from 'commander';
import { registerCardCommands } from '../../../src/cli/card.ts';
import { runProgram } from '../../../src/cli/output.ts';

const program = new Command('countersign');
registerCardCommands(program);
await runProgram(program, process.argv.slice(2));
