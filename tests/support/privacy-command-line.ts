// The privacy commands alone, so that their tests don't load models or devices.
import { Command } from 'commander';
import { runProgram } from '../../src/cli/output.ts';
import { registerPrivacyCommands } from '../../src/cli/privacy.ts';

const program = new Command('countersign');
registerPrivacyCommands(program);
await runProgram(program, process.argv.slice(2));
