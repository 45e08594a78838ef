/** The rows of the specification that are no test, and why; last chapter of the page. */
export const untested = `<a id="untested"></a>

## Not tested

Numbers that were quoted from memory (sureness C in the list this page is made from). They are not printed as expectations before
somebody has read them in their source.

| number | why it is not tested |
|---|---|
| Q*_D of basalt at 5 km/s: 9.0·10⁷ erg/g, 0.5, −0.36, 1.36 (Benz & Asphaug 1999) | from memory; the original, and so the built-in table, has 7.0·10⁷ and −0.38: 7000 instead of 9000 J/kg at 1 cm |
| Q*_D of ice at 3 and 0.5 km/s (the same table) | from memory; no configuration here uses ice |
| vapour pressure of SiO(s), Gail et al. 2013 | from memory; no law here uses it |
| quartz: exp(33.1 − 69444/T) dyn/cm², α = 1 (van Lieshout et al. 2014) | from memory |
| free evaporation of liquid silica, α ≈ 0.04 (Hashimoto 1990) | third-party note |
| fragment exponent without influence for mass indices 1.6 … 1.95 (Kobayashi & Tanaka 2010) | that paper from memory; the statement itself is tested above with Tanaka et al. 1996 |
| the published β(s) figure (Hyodo et al. 2018, number unknown) | only the shape can be compared: figure above |
| disk mass of 3·10⁻⁵ M_Mars, figure number (Canup & Salmon 2018) | the figure was not read; the mass is used as an upper limit above |

Context without a number to test: p between 3.5 and 4 where velocity depends on size (Pan & Schlichting 2012; the model has one impact speed);
all-or-nothing cascades with X_c 10⁻⁵ and a hard cut have no clean slope, so a fit would mean nothing; more than 10 % of vapour above 1000 K
escapes (Hyodo et al. 2018; the model has no vapour disk); minimum size over blow-out size around other stars (Pawellek & Krivov 2015).`;
