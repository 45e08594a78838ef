import { matrix } from './splitMatrix/matrix.js';

matrix(10, 11, 12);
