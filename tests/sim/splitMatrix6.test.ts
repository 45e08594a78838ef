import { matrix } from './splitMatrix/matrix.js';

matrix(13, 14, 15);
