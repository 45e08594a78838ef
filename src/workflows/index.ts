export { run } from './run.js';
export { sharedBeginning } from './sharedBeginning.js';
export { sweep } from './sweep.js';
