export { run } from './run.js';
export { sweep } from './sweep.js';
