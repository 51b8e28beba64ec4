import { startQuestionServer, type QuestionServerOptions } from './question-server.ts';

const verifier = await startQuestionServer(JSON.parse(process.argv[2] ?? '') as QuestionServerOptions);
console.log(JSON.stringify({ address: verifier.address, code: await verifier.enrolmentCode() }));
