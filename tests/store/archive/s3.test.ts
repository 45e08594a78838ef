import { moto } from './s3Server.js';
import { bucketSuite } from './s3Suite.js';

bucketSuite(await moto());
