import { Command } from 'commander';
import { registerAuditCommands } from './audit.ts';
import { registerCalibrateCommand } from './calibrate.ts';
import { registerCardCommands } from './card.ts';
import { registerCertifyCommand } from './certify.ts';
import { registerDocumentCommands } from './document.ts';
import { registerDoctorCommand } from './doctor.ts';
import { registerFaceReturnCommands } from './face-return.ts';
import { registerFaceCommands } from './face.ts';
import { registerFakeVendorCommand } from './fake-vendor.ts';
import { registerLivenessCommands } from './liveness.ts';
import { registerMeterCommands } from './meter.ts';
import { registerOrderCommands } from './order.ts';
import { runProgram } from './output.ts';
import { registerPrivacyCommands } from './privacy.ts';
import { registerReceiptCommands } from './receipt.ts';
import { registerRecordCommands } from './records.ts';
import { registerRiskCommands } from './risk.ts';
import { registerSceneCommands } from './scene.ts';
import { registerSchemeCommands } from './scheme.ts';
import { registerSpeechCommands } from './speech.ts';
import { registerVerifierCommand } from './verifier.ts';

const program = new Command('countersign').description(
  'Counter-side identity verification: card reader, face and liveness checks, records, verifier.',
);
registerCardCommands(program);
registerDocumentCommands(program);
registerFaceCommands(program);
registerCalibrateCommand(program);
registerLivenessCommands(program);
registerSpeechCommands(program);
registerCertifyCommand(program);
registerOrderCommands(program);
registerRecordCommands(program);
registerSceneCommands(program);
registerSchemeCommands(program);
registerRiskCommands(program);
registerMeterCommands(program);
registerFaceReturnCommands(program);
registerPrivacyCommands(program);
registerReceiptCommands(program);
registerAuditCommands(program);
registerVerifierCommand(program);
registerFakeVendorCommand(program);
registerDoctorCommand(program);

await runProgram(program, process.argv.slice(2));
