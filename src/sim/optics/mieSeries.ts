import type { SphereEfficiencies } from './sphere.js';

/** Logarithmic derivatives D_n(mx), real and imaginary parts; kept between calls. */
let derivativesRe = new Float64Array(1024);
let derivativesIm = new Float64Array(1024);

/** Terms of the series that matter at double precision: x + 4.05 x^(1/3) + 2 costs up to 6e-8 at a narrow resonance. */
const termsOf = (x: number) => (x <= 0.02 ? 4 : Math.ceil(x + 4.5 * Math.cbrt(x) + 4));

/**
 * D_n(mx) downward from D = 0: stable for every m. For real m the region just above |mx| decays over |mx|^(1/3) only, so the start lies that
 * much higher.
 */
function logarithmicDerivatives(terms: number, x: number, n: number, k: number): void {
  const modulus = x * Math.hypot(n, k);
  const start = Math.floor(Math.max(terms, modulus + 6 * Math.cbrt(modulus))) + 20;
  if (derivativesRe.length <= terms) {
    derivativesRe = new Float64Array(2 * terms);
    derivativesIm = new Float64Array(2 * terms);
  }
  // 1/(mx)
  const inverse = 1 / (x * (n * n + k * k));
  const zRe = n * inverse;
  const zIm = -k * inverse;
  let re = 0;
  let im = 0;
  for (let i = start; i > 0; i--) {
    const qRe = i * zRe;
    const qIm = i * zIm;
    const dRe = re + qRe;
    const dIm = im + qIm;
    const scale = 1 / (dRe * dRe + dIm * dIm);
    re = qRe - dRe * scale;
    im = qIm + dIm * scale;
    if (i <= terms + 1) {
      derivativesRe[i - 1] = re;
      derivativesIm[i - 1] = im;
    }
  }
}

/**
 * Mie series of a homogeneous sphere (spec/optics.md 4.2; Bohren & Huffman 1983, ch. 4 and app. A): D_n(mx) downward, Riccati-Bessel
 * functions of x upward, summed in increasing order. Cost grows with x (1 + |m|).
 */
export function mieSeries(x: number, n: number, k: number, out: SphereEfficiencies): void {
  const terms = termsOf(x);
  logarithmicDerivatives(terms, x, n, k);
  const square = n * n + k * k;
  let psiBefore = Math.cos(x);
  let psi = Math.sin(x);
  let chiBefore = -psi;
  let chi = psiBefore;
  let aReBefore = 0;
  let aImBefore = 0;
  let bReBefore = 0;
  let bImBefore = 0;
  let extinction = 0;
  let scattering = 0;
  let forward = 0;
  for (let i = 1; i <= terms; i++) {
    const psiNext = ((2 * i - 1) * psi) / x - psiBefore;
    const chiNext = ((2 * i - 1) * chi) / x - chiBefore;
    psiBefore = psi;
    psi = psiNext;
    chiBefore = chi;
    chi = chiNext;
    const dRe = derivativesRe[i];
    const dIm = derivativesIm[i];
    // D/m + i/x for a_n, D m + i/x for b_n.
    const pRe = (dRe * n + dIm * k) / square + i / x;
    const pIm = (dIm * n - dRe * k) / square;
    const qRe = dRe * n - dIm * k + i / x;
    const qIm = dRe * k + dIm * n;
    // (p psi - psi') / (p xi - xi') with xi = psi - i chi.
    let topRe = pRe * psi - psiBefore;
    let topIm = pIm * psi;
    let lowRe = topRe + pIm * chi;
    let lowIm = topIm - pRe * chi + chiBefore;
    let scale = 1 / (lowRe * lowRe + lowIm * lowIm);
    const aRe = (topRe * lowRe + topIm * lowIm) * scale;
    const aIm = (topIm * lowRe - topRe * lowIm) * scale;
    topRe = qRe * psi - psiBefore;
    topIm = qIm * psi;
    lowRe = topRe + qIm * chi;
    lowIm = topIm - qRe * chi + chiBefore;
    scale = 1 / (lowRe * lowRe + lowIm * lowIm);
    const bRe = (topRe * lowRe + topIm * lowIm) * scale;
    const bIm = (topIm * lowRe - topRe * lowIm) * scale;
    const weight = 2 * i + 1;
    extinction += weight * (aRe + bRe);
    scattering += weight * (aRe * aRe + aIm * aIm + bRe * bRe + bIm * bIm);
    forward += (weight / (i * (i + 1))) * (aRe * bRe + aIm * bIm);
    forward += ((i * i - 1) / i) * (aReBefore * aRe + aImBefore * aIm + bReBefore * bRe + bImBefore * bIm);
    aReBefore = aRe;
    aImBefore = aIm;
    bReBefore = bRe;
    bImBefore = bIm;
  }
  const norm = 2 / (x * x);
  out.extinction = norm * extinction;
  out.scattering = norm * scattering;
  out.asymmetry = (2 * forward) / scattering;
  out.pressure = norm * (extinction - 2 * forward);
}
