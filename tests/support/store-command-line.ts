// The command groups of the store alone, so that their tests don't load models or devices.
import { Command } from 'commander';
import { registerAuditCommands } from '../../src/cli/audit.ts';
import { runProgram } from '../../src/cli/output.ts';
import { registerRecordCommands } from '../../src/cli/records.ts';

const program = new Command('countersign');
registerRecordCommands(program);
registerAuditCommands(program);
await runProgram(program, process.argv.slice(2));
