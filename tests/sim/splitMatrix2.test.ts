import { matrix } from './splitMatrix/matrix.js';

matrix(1, 2, 3);
