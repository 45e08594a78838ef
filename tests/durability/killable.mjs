/** The command line with a port for kills. */
import './killPort.mjs';
import { main } from '../../dist/src/cli/main.js';

process.exitCode = await main(process.argv.slice(2));
