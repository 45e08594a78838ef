import { marsSuite } from './splitMatrix/marsSuite.js';
import { matrix } from './splitMatrix/matrix.js';

matrix(marsSuite, 10, 11, 12);
