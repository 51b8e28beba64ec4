import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiDocument } from './api-document.ts';

// Run with Node: writes the description of the interface to where people look for it.
const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'verifier', 'openapi.json');
writeFileSync(file, `${JSON.stringify(apiDocument(), null, 2)}\n`);
