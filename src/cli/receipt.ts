import type { Command } from 'commander';
import { withLanguageOption } from './language.ts';
import { exportReceipt } from './receipt-export.ts';
import { verifyReceipts } from './receipt-verify.ts';

/** Adds `receipt export` and `receipt verify`. Exit code 0: all holds; 1: it doesn't; 2: it could not be read. */
export function registerReceiptCommands(program: Command): void {
  const receipt = program.command('receipt').description('receipts of certifications');
  receipt
    .command('export')
    .description('one receipt with both signatures, decisions and public keys, as a file to give away')
    .argument('<certify-id>')
    .requiredOption('--data-folder <folder>', 'the data folder of the application')
    .option('--key-file <file>', 'master key; by default database.key in the data folder')
    .option('--out <file>', 'a new file; by default standard output')
    .option('--codes', 'the short code and the text of the QR code instead')
    .option('--json', 'errors, and codes, as JSON')
    .action(exportReceipt);
  withLanguageOption(receipt.command('verify'))
    .description('check receipts with nothing but the files and public keys')
    .argument('<files-or-codes...>', 'exported receipts; short codes or texts of QR codes that have to fit one of them')
    .option('--device-key <key...>', 'public key of the device: its x (base64url), or a file with its JSON Web Key')
    .option('--server-key <key...>', 'public key of the verifier, likewise')
    .option('--json', 'one JSON value on standard output')
    .action(verifyReceipts);
}
