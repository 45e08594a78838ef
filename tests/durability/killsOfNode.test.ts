import { killedEverywhere } from './killPlaces.js';

killedEverywhere('node');
