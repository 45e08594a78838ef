/**
 * ESLint rule: who may import whom.
 *
 *     sim <- config <- store <- report <- activities <- worker <- cli        workflows: types of config and activities only
 */

import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each folder of src may import itself and those before it. */
const ORDER = ['sim', 'config', 'store', 'report', 'activities', 'worker', 'cli'];

/** Packages (as prefixes) that a folder may import; a folder that is not listed may import any except `FORBIDDEN`. */
const PACKAGES = {
  sim: ['zod'],
  workflows: ['@temporalio/workflow', '@temporalio/common'],
};

/** Files that only store, run or show know nothing of Temporal. */
const FORBIDDEN = { config: '@temporalio/', store: '@temporalio/', report: '@temporalio/' };

/** What activities share with the workflows that call them. */
const SHARED_WITH_ACTIVITIES = ['src/workflows/envelope.js', 'src/workflows/messages.js'];

/**
 * Why a file may not import something.
 *
 * @param {string} importer absolute path of the file
 * @param {string} specifier as written
 * @param {boolean} typeOnly
 * @returns {string | null} null if it may
 */
export function whyForbidden(importer, specifier, typeOnly) {
  const from = folderOf(importer);
  if (from === null) return null;
  if (!specifier.startsWith('.')) return whyPackageForbidden(from, specifier, typeOnly);
  const target = resolve(dirname(importer), specifier);
  const to = folderOf(target);
  if (to === from) return null;
  const path = relative(root, target).split(sep).join('/');
  if (from === 'workflows') {
    if (typeOnly && (to === 'config' || to === 'activities')) return null;
    return `src/workflows runs in Temporal's sandbox: it may import only types, of src/config and src/activities, not ${path}`;
  }
  if (to === 'workflows') {
    if (from === 'worker' || from === 'cli') return null;
    if (from === 'activities' && SHARED_WITH_ACTIVITIES.includes(path)) return null;
    return `src/${from} may not import ${path}`;
  }
  if (to === null) {
    const mayReachOut = from === 'worker' || from === 'cli';
    return mayReachOut ? null : `src/${from} may not import ${path}, which lies outside src`;
  }
  if (ORDER.indexOf(to) < ORDER.indexOf(from)) return null;
  return `src/${from} may not import src/${to} (direction: ${ORDER.join(' <- ')})`;
}

/** @param {string} from @param {string} specifier @param {boolean} typeOnly */
function whyPackageForbidden(from, specifier, typeOnly) {
  const allowed = PACKAGES[/** @type {keyof typeof PACKAGES} */ (from)];
  if (allowed && !allowed.some((name) => specifier === name || specifier.startsWith(`${name}/`))) {
    return `src/${from} may import only these packages: ${allowed.join(', ')}; not ${specifier}`;
  }
  const forbidden = FORBIDDEN[/** @type {keyof typeof FORBIDDEN} */ (from)];
  if (forbidden && specifier.startsWith(forbidden) && !typeOnly) {
    return `src/${from} may not know Temporal: not ${specifier}`;
  }
  return null;
}

/** @param {string} path absolute @returns {string | null} the folder of src, or null */
function folderOf(path) {
  const [top, folder, ...rest] = relative(root, path).split(sep);
  return top === 'src' && rest.length > 0 ? folder : null;
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirection = {
  meta: { type: 'problem', docs: { description: 'imports follow the direction of design section 3' } },
  create(context) {
    /** @param {any} node */
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const typeOnly = node.importKind === 'type' || node.exportKind === 'type';
      const reason = whyForbidden(context.filename, node.source.value, typeOnly);
      if (reason) context.report({ node: node.source, message: reason });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
