import { marsSuite } from './splitMatrix/marsSuite.js';
import { matrix } from './splitMatrix/matrix.js';

matrix(marsSuite, 4, 5, 6);
