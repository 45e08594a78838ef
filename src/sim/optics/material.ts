/** Optical constants of a material as fitted parameters. Wavelengths um, wavenumbers cm-1, temperatures K; n + ik, time factor exp(-iwt). */
export interface OpticalFit {
  readonly title: string;
  readonly sources: string;
  /** Up to here n and k come from `uv`, um. */
  readonly uvEnd: number;
  /** From here on they come from the lattice, um; between the two lies the transparent window. */
  readonly latticeStart: number;
  /** Up to here k comes from `log10k` of the lattice: the wings of its oscillators absorb too much there, um. */
  readonly multiphononEnd: number;
  readonly uv: {
    readonly wavelengths: readonly number[];
    readonly n: readonly number[];
    readonly k: readonly number[];
  };
  readonly window: { readonly wavelengths: readonly number[]; readonly log10k: readonly number[] };
  /** Knots of `log10k`, um. */
  readonly multiphonon: readonly number[];
  /** Optical axes of the crystal; one if the material is isotropic. */
  readonly axes: readonly OpticalAxis[];
}

export interface OpticalAxis {
  /** n^2 = 1 + sum B L/(L - C^2) - infraredSlope L with L = lambda^2; [B, C]. */
  readonly sellmeier: readonly (readonly [number, number])[];
  readonly infraredSlope: number;
  /** By ascending temperature. */
  readonly lattices: readonly Lattice[];
}

/** eps = epsInf + sum f v^2/(v^2 - nu^2 - i g(nu) nu), g(nu) = g exp(-alpha ((nu - v)/g)^2): Lorentz, or Kim et al. 1992 where alpha > 0. */
export interface Lattice {
  readonly temperature: number;
  readonly epsInf: number;
  /** [f, v, g, alpha] */
  readonly oscillators: readonly (readonly [number, number, number, number])[];
  readonly log10k: readonly number[];
}

/** Complex refractive index n + ik, k >= 0. */
export interface RefractiveIndex {
  n: number;
  k: number;
}

/** Temperature of the material's state, K: outside the fitted range its ends hold. */
export function opticalTemperature(fit: OpticalFit, T: number): number {
  const { lattices } = fit.axes[0];
  return Math.min(Math.max(T, lattices[0].temperature), lattices[lattices.length - 1].temperature);
}

/** Whether n and k depend on temperature at this wavelength (um). */
export function dependsOnTemperature(fit: OpticalFit, wavelength: number): boolean {
  return fit.axes[0].lattices.length > 1 && wavelength >= fit.latticeStart;
}

/**
 * Optical constants of one axis into `out` (spec/optics.md 2).
 *
 * @param wavelength um
 * @param T temperature of the radiation, K; held outside the fitted range
 * @param kFloor least k
 */
export function refractiveIndex(
  fit: OpticalFit,
  axis: OpticalAxis,
  wavelength: number,
  T: number,
  kFloor: number,
  out: RefractiveIndex,
): void {
  if (wavelength <= fit.uvEnd) {
    out.n = along(fit.uv.wavelengths, fit.uv.n, wavelength);
    out.k = along(fit.uv.wavelengths, fit.uv.k, wavelength);
  } else if (wavelength < fit.latticeStart) {
    inWindow(fit, axis, wavelength, out);
  } else {
    betweenLattices(fit, axis, wavelength, T, out);
  }
  out.k = Math.max(out.k, kFloor);
}

/** Below this no absorption is left to speak of. */
const transparent = -11;

function inWindow(fit: OpticalFit, axis: OpticalAxis, wavelength: number, out: RefractiveIndex): void {
  const L = wavelength * wavelength;
  let square = 1;
  for (const [B, C] of axis.sellmeier) square += (B * L) / (L - C * C);
  out.n = Math.sqrt(square - axis.infraredSlope * L);
  const log10k = along(fit.window.wavelengths, fit.window.log10k, wavelength);
  out.k = log10k <= transparent ? 0 : 10 ** log10k;
}

const warmer: RefractiveIndex = { n: 0, k: 0 };

function betweenLattices(
  fit: OpticalFit,
  axis: OpticalAxis,
  wavelength: number,
  T: number,
  out: RefractiveIndex,
): void {
  const { lattices } = axis;
  let i = 0;
  while (i + 1 < lattices.length && lattices[i + 1].temperature <= T) i++;
  ofLattice(fit, lattices[i], wavelength, out);
  if (T <= lattices[i].temperature || i + 1 === lattices.length) return;
  ofLattice(fit, lattices[i + 1], wavelength, warmer);
  const w = (T - lattices[i].temperature) / (lattices[i + 1].temperature - lattices[i].temperature);
  out.n += w * (warmer.n - out.n);
  out.k += w * (warmer.k - out.k);
}

function ofLattice(fit: OpticalFit, lattice: Lattice, wavelength: number, out: RefractiveIndex): void {
  const nu = 1e4 / wavelength;
  let re = lattice.epsInf;
  let im = 0;
  for (const [f, v, g, alpha] of lattice.oscillators) {
    const distance = (nu - v) / g;
    const a = v * v - nu * nu;
    const damping = alpha === 0 ? g : g * Math.exp(-alpha * distance * distance);
    const b = damping * nu;
    const scale = (f * v * v) / (a * a + b * b);
    re += scale * a;
    im += scale * b;
  }
  const modulus = Math.hypot(re, im);
  // The smaller of the two parts of the root through the larger: their direct forms cancel.
  const larger = Math.sqrt((modulus + Math.abs(re)) / 2);
  const smaller = im / (2 * larger);
  out.n = re >= 0 ? larger : smaller;
  out.k = re >= 0 ? smaller : larger;
  if (wavelength < fit.multiphononEnd) out.k = 10 ** along(fit.multiphonon, lattice.log10k, wavelength);
}

/** Linear between knots, held beyond them. */
function along(knots: readonly number[], values: readonly number[], x: number): number {
  const last = knots.length - 1;
  if (x <= knots[0]) return values[0];
  if (x >= knots[last]) return values[last];
  let i = 0;
  while (knots[i + 1] < x) i++;
  const w = (x - knots[i]) / (knots[i + 1] - knots[i]);
  return values[i] + w * (values[i + 1] - values[i]);
}
