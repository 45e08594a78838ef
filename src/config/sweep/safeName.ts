import { createHash } from 'node:crypto';

/** Longest name of a folder here. File systems take 255 bytes, but some count the whole path (260). */
export const longestName = 120;

/** Names that Windows keeps for devices, whatever ending they carry, and those of a batch's own files. */
const reserved =
  /^(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)(\..*)?$|^(checks|series|plots|archive|sweep_id|run_id|summary\.(json|parquet)|run_config\.json)$/i;

/**
 * A name that every file system takes as it is: ASCII letters, digits and `. _ - +`, no dot at its ends, not too long. As in the original
 * `:` disappears, blanks become `_` and slashes `-`. Different texts can become the same name: whoever needs them apart must look.
 */
export function safeName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}|:/gu, '')
    .trim()
    .replace(/\s+/g, '_')
    .replace(/[\x21-\x7e]/g, (symbol) => (/[\w.+-]/.test(symbol) ? symbol : '-'))
    .replace(/[^\x21-\x7e]/gu, (symbol) => `u${symbol.codePointAt(0)!.toString(16)}`)
    .replace(/^[.+-]+|[.]+$/g, '');
  const name = plain.length > longestName ? shortened(plain, text) : plain;
  return name === '' || reserved.test(name) ? `_${name}` : name;
}

function shortened(plain: string, text: string): string {
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return `${plain.slice(0, longestName - mark.length - 2)}-${mark}`;
}

/** Equal for names that are one folder on file systems that do not tell capitals from small letters. */
export const folded = (name: string): string => name.toLowerCase();
