// Suites that `npm test` runs and CI leaves out, because together they would take as long as all others: each needs a minute or more of real
// servers or of computing. Beside each the suites of CI that prove the same in short.

export const slowSuites = [
  'tests/durability/outages.test.ts', // a server that is away: remote.test.ts, killsOfServer.test.ts; for minutes: tests/long/outage.long.ts
  'tests/durability/movedFolder.test.ts', // sameCommand.test.ts
  'tests/durability/salvagedPieces.test.ts', // checkpoints.test.ts, tests/store/salvage.test.ts
  'tests/durability/streaming.test.ts', // tests/store/merge.test.ts, cuts.test.ts
  'tests/durability/plan.test.ts', // tests/sim/mars/estimate.test.ts
  'tests/durability/tls.test.ts', // remote.test.ts, without a proxy
  'tests/durability/archiveS3.test.ts', // archive.test.ts, tests/store/archive/s3.test.ts
  'tests/durability/sweeps/sharing.test.ts', // tests/config/sweep/sharing.test.ts, tests/sim/mars/sharing.test.ts
  'tests/durability/sweeps/control.test.ts', // control.test.ts, sweeps/kills.test.ts
  'tests/durability/sweeps/workers.test.ts', // remote.test.ts, sweeps/kills.test.ts
  'tests/durability/archive.test.ts', // tests/store/archive
  'tests/durability/zombies.test.ts', // tests/worker/randomAttempts.test.ts
  'tests/durability/refusals.test.ts', // remote.test.ts, sameCommand.test.ts
  'tests/store/archive/s3.test.ts', // the store of a folder, tests/store/archive/copy.test.ts
  'tests/sim/splitMatrix2.test.ts', // the other cases: tests/sim/splitMatrix1.test.ts
  'tests/sim/splitMatrix3.test.ts', // likewise
  'tests/sim/splitMatrix4.test.ts', // likewise
  'tests/sim/splitMatrix5.test.ts', // likewise
  'tests/sim/splitMatrix6.test.ts', // likewise
  'tests/sim/sabotage.test.ts', // what turns the matrix red: tests/sim/models.test.ts
  'tests/durability/killsOfNode.test.ts', // killsOfAll.test.ts, sameCommand.test.ts
  'tests/durability/up.test.ts', // sameCommand.test.ts, remote.test.ts
  'tests/durability/sweeps/ends.test.ts', // tests/workflows/sweepBooks.test.ts, sweeps/kills.test.ts
  'tests/durability/largeState.test.ts', // tests/store/states.test.ts, tests/worker/randomAttempts.test.ts
  'tests/durability/checkpoints.test.ts', // tests/store/checkpoints, tests/worker/segmentThread.test.ts
  'tests/durability/faultsDisk.test.ts', // tests/store/crash.test.ts, tests/store/archive/dying.test.ts
  'tests/sim/optics/planck.test.ts', // tests/sim/optics/shipped.test.ts
];
