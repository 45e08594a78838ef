import type { Supply } from '../../../../src/sim/mars/supply/params.js';

const injection: Supply['injection'] = {
  kind: 'powerlaw_bins',
  slope: 3.5,
  minSize: null,
  maxSize: null,
};
const constant: Supply = { rate: { kind: 'constant', value: 2e-5 }, injection };

/** The area of the ring of `diskParams`, m2. */
export const area = Math.PI * (2.7 ** 2 - 1) * 3.3895e6 ** 2;

/** A reservoir of so many kg m-2. */
export const reservoir = (perArea: number, taper = 0) => ({ mass: perArea * area, taper });

export const feedback: NonNullable<Supply['feedback']> = {
  target: 0.5,
  gain: 1.2,
  responseTime: 2e5,
  min: 1e-3,
  max: 10,
  initial: 1,
};

/** Rises steeply with T_M. */
export const heated: NonNullable<Supply['temperature']> = {
  kind: 'power',
  reference: 3500,
  exponent: 4,
  atReference: 1,
  floor: 0.05,
  cap: 1.2,
};

/** One of each kind, acting within 3e7 s of the disk of `diskParams`. */
export const supplies: Record<string, Supply> = {
  constant,
  'power law': { rate: { kind: 'powerlaw', coefficient: 30, start: -1e3, exponent: -1 }, injection },
  table: { rate: { kind: 'table', times: [0, 1e5, 3e6, 1e7], rates: [0, 4e-5, 1e-5, 2e-6] }, injection },
  'table with many nodes': {
    rate: {
      kind: 'table',
      times: Array.from({ length: 1200 }, (_, i) => 3e4 * i),
      rates: Array.from({ length: 1200 }, (_, i) => 1e-5 * (1 + Math.sin(i / 50))),
    },
    injection,
  },
  pieces: {
    rate: {
      kind: 'piecewise',
      pieces: [
        { from: 1e4, to: 1e6, rate: { kind: 'constant', value: 3e-5 } },
        { from: 2e6, to: 9e6, rate: { kind: 'table', times: [2e6, 9e6], rates: [0, 1e-5] } },
      ],
    },
    injection,
  },
  'hard stop': { ...constant, reservoir: reservoir(40) },
  taper: { ...constant, reservoir: reservoir(40, 0.5) },
  'deep buffer': { ...constant, mixingTime: 5e5 },
  'coupled to T_M': { ...constant, temperature: heated },
  'rate by T_M': {
    ...constant,
    temperature: {
      kind: 'table',
      of: 'rate',
      temperatures: [1500, 2500, 4000],
      values: [0, 1e-5, 5e-5],
      floor: 0,
      cap: 10,
    },
  },
  feedback: { ...constant, feedback },
  'coupled to T_M, hard stop': { ...constant, temperature: heated, reservoir: reservoir(40) },
  'feedback, taper, deep buffer': { ...constant, feedback, reservoir: reservoir(40, 0.4), mixingTime: 3e5 },
};
