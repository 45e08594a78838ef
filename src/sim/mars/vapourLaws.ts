/** log10 P[Pa] = A - B/T. */
export interface PressureLine {
  readonly A: number;
  /** K */
  readonly B: number;
}

/** Vapour pressure and evaporation of a material (physics.md g). */
export interface VapourLaw extends PressureLine {
  readonly alphaEvap: number;
  /** Molar mass of the vapour, kg/mol. */
  readonly molarMass: number;
  /** Other coefficients from the switch temperature [K] on. */
  readonly liquid: (PressureLine & { readonly switch: number }) | null;
  /** Grain temperatures [K] that the coefficients were measured or fitted for: below and above the switch. */
  readonly valid: readonly [number, number];
  readonly validLiquid: readonly [number, number] | null;
}

/**
 * The laws by name. Beyond their ranges they are extrapolated, as in the original.
 *
 * - `silica`: SiO over molten silica, Visscher & Fegley 2013 (ApJ 767, L12), log10 P[bar] = 8.203 - 25898.9/T; within 5 to 20 % of the
 *   effusion measurements over solid silica at 1500 to 2000 K, whose evaporation coefficient 0.022 it takes (Knudsen study of 1973, see
 *   spec/validation.md 2). One line, so the pressure is continuous.
 * - `forsterite`: that of the sweeps of the original. Its liquid branch starts 5 % higher.
 * - `sio_reference`: the default of the original: SiO over a mixture of silicon and silica (Ferguson & Nuth 2012) below 1900 K, molten
 *   silica above. The pressure falls by a factor of 4.4e4 where they meet.
 */
export const vapourLaws = {
  silica: {
    alphaEvap: 0.022,
    molarMass: 0.0440849,
    A: 13.203,
    B: 25898.9,
    liquid: null,
    valid: [1500, 3500],
    validLiquid: null,
  },
  forsterite: {
    alphaEvap: 0.1,
    molarMass: 0.140694,
    A: 13.809441833,
    B: 28362.904024,
    liquid: { switch: 2163, A: 11.08, B: 22409 },
    valid: [1673, 2133],
    validLiquid: [2163, 3690],
  },
  sio_reference: {
    alphaEvap: 0.007,
    molarMass: 0.0440849,
    A: 13.613,
    B: 17850,
    liquid: { switch: 1900, A: 13.203, B: 25898.9 },
    valid: [1270, 1600],
    validLiquid: [1900, 3500],
  },
} as const satisfies Record<string, VapourLaw>;

export type VapourLawName = keyof typeof vapourLaws;
