// Regenerates what is derived from the keys and from the shape of sweep files: docs/reference and schema.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../bin/current.mjs';
import { prepare } from '../bin/prepare.mjs';

/** @param {string} path */
const compiled = (path) => import(pathToFileURL(join(projectRoot, 'dist', path)).href);

/** @param {string} path @param {string} text */
function write(path, text) {
  const target = join(projectRoot, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(path);
}

await prepare((message) => console.error(message));
const { referencePage, schemaText } = await compiled('src/config/documentation.js');
const { jsonSchema } = await compiled('src/config/schema.js');
write('docs/reference/configuration.md', referencePage());
const { columnsPage } = await compiled('src/config/columnsPage.js');
write('docs/reference/columns.md', columnsPage());
write('schema/marsdisk.schema.json', schemaText(jsonSchema()));
const { sweepReferencePage } = await compiled('src/config/sweep/documentation.js');
const { sweepJsonSchema } = await compiled('src/config/sweep/schema.js');
write('docs/reference/sweep-file.md', sweepReferencePage());
write('schema/marsdisk-sweep.schema.json', schemaText(sweepJsonSchema()));
