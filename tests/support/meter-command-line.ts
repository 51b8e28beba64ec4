// Metering and face return alone, so that their tests don't load models or devices.
import { Command } from 'commander';
import { registerFaceReturnCommands } from '../../src/cli/face-return.ts';
import { registerMeterCommands } from '../../src/cli/meter.ts';
import { runProgram } from '../../src/cli/output.ts';

const program = new Command('countersign');
registerMeterCommands(program);
registerFaceReturnCommands(program);
await runProgram(program, process.argv.slice(2));
