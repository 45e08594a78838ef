import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Root of the project: the folder with package.json above this file, whether it runs from src or from dist. */
export const projectRoot: string = findRoot(new URL('.', import.meta.url));

export const version: string = JSON.parse(readFileSync(`${projectRoot}/package.json`, 'utf8')).version;

function findRoot(from: URL): string {
  for (let folder = from; ; folder = new URL('..', folder)) {
    const path = fileURLToPath(folder);
    if (exists(new URL('package.json', folder))) return path.replace(/[/\\]$/, '');
    if (folder.pathname === '/') throw new Error('package.json of marsdisk not found above its own code');
  }
}

function exists(file: URL): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
