import { marsSuite } from './splitMatrix/marsSuite.js';
import { matrix } from './splitMatrix/matrix.js';

matrix(marsSuite, 13, 14, 15);
