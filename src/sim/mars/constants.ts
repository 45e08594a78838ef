/** Constants of physics.md section b, SI. They define the model: a newer CODATA digit would change every run. */
export const G = 6.6743e-11;
export const speedOfLight = 2.99792458e8;
export const stefanBoltzmann = 5.670374419e-8;
export const gasConstant = 8.314462618;
export const marsMass = 6.4171e23;
export const marsRadius = 3.3895e6;
export const day = 86400;
export const year = 365.25 * day;
