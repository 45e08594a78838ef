import { legacySuite } from './splitMatrix/legacySuite.js';
import { matrix } from './splitMatrix/matrix.js';

matrix(legacySuite, 0);
