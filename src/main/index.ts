import { startApplication } from './app/start.ts';

startApplication(process.argv.slice(1));
