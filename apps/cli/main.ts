// The `holdfast` command: what an operator does without the web app, and what scripts do.
// It works on the same databases as the app, running or not: the embedded server is joined or started.
import { Output } from './output.ts';
import { runProgram } from './program.ts';

const output = new Output(process.argv.includes('--json'));
process.exitCode = await runProgram(process.argv.slice(2), output);
