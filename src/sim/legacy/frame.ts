import type { Orbits } from './velocities.js';

/** What a step begins with: temperatures and radiation pressure. */
export class Ahead {
  /** K: of Mars, and of a grain of the phase rule. */
  T = 0;
  particleT = 0;
  /** m */
  blowoutSize = 0;
  /** s_min_effective before the floor moves, and <Q_pr> and beta there; <Q_pr> at the blow-out size. */
  effective = 0;
  Qmean = 0;
  Qblow = 0;
  beta = 0;
  betaGate = false;
}

/** What a step finds and does, for its rows, stops and accounts. Numbers in the units of the columns that show them. */
export class Frame extends Ahead implements Orbits {
  /** Model time at the end of the step, s. */
  time = 0;
  vapour = 0;
  state: 0 | 1 = 0;
  bulk: 0 | 1 | 2 = 0;
  /** m/s; as it is, and as it acts. */
  shrinkRaw = 0;
  shrink = 0;
  driftShift = 0;
  massRatio = 1;
  /** kg m-2 lost by the drift. */
  drifted = 0;
  opacity = 0;
  tau = 0;
  phi = 1;
  tau1 = 0;
  effectiveOpacity = 0;
  /** Collisions, and blow-out, act; a sink time-scale does. */
  collide = false;
  blow = false;
  gated = false;
  sinkActive = false;
  /** 1/s, of all bins; and whether it is hydrodynamic escape, or counts as sublimation. */
  externalRate = 0;
  escapes = false;
  countsAsSublimation = false;
  /** kg m-2 s-1: of the law of time, with its factors, and what reaches the surface. */
  nominal = 0;
  scaled = 0;
  applied = 0;
  diverted = 0;
  intoDeep = 0;
  fromDeep = 0;
  temperatureScale = 1;
  clipFactor = 1;
  weight = 0;
  e = 0;
  i = 0;
  /** Surface density before the collision step, kg m-2. */
  before = 0;
  covered = 0;
  collisionTime = Number.NaN;
  massError = 0;
  gain = 0;
  loss = 0;
  source = 0;
  /** Mass rates of the start of the step, kg m-2 s-1. */
  outflux = 0;
  external = 0;
  sublimation = 0;
  /** s; and the factor of the accounts. */
  solidTime = Number.NaN;
  gateFactor = 1;
  /** Of the recorded outflux. */
  fastFactor = 1;
  /** Booked in this step, Mars masses. */
  blown = 0;
  sunk = 0;
  sublimed = 0;
  escaped = 0;
}
