import { marsSuite } from './splitMatrix/marsSuite.js';
import { matrix } from './splitMatrix/matrix.js';

matrix(marsSuite, 7, 8, 9);
