import { matrix } from './splitMatrix/matrix.js';

matrix(6);
