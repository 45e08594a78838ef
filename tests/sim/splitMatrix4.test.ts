import { matrix } from './splitMatrix/matrix.js';

matrix(7, 8, 9);
