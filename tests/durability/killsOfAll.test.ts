import { killedEverywhere } from './killPlaces.js';

killedEverywhere('all');
