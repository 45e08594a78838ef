// Suites that `npm test` runs and CI leaves out: each waits out time-outs of real servers for a minute or more, and what it proves at length
// another suite proves at one place.

export const slowSuites = [
  'tests/durability/outages.test.ts', // a server that is away: remote.test.ts, kills.test.ts; for minutes: tests/long/outage.long.ts
  'tests/durability/movedFolder.test.ts', // sameCommand.test.ts
  'tests/durability/salvagedPieces.test.ts', // checkpoints.test.ts, tests/store/salvage.test.ts
  'tests/durability/streaming.test.ts', // tests/store/merge.test.ts, cuts.test.ts
  'tests/durability/plan.test.ts', // tests/sim/mars/estimate.test.ts
  'tests/durability/tls.test.ts', // remote.test.ts, without a proxy
  'tests/durability/archiveS3.test.ts', // archive.test.ts, tests/store/archive/s3.test.ts
  'tests/durability/sweeps/sharing.test.ts', // tests/config/sweep/sharing.test.ts, tests/sim/mars/sharing.test.ts
];
