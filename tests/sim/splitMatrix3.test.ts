import { matrix } from './splitMatrix/matrix.js';

matrix(4, 5, 6);
